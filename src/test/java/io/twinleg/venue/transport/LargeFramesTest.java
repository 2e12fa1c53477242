package io.twinleg.venue.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.venue.transport.ReconnectingWebSocket.Heartbeat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that sends more than any venue's message: nothing of it is kept, and it goes on. */
class LargeFramesTest {
  private static final String ACCEPTED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int FRAME = 50_000_000;
  private static final int TEXT = 0x1;
  private static final int WHOLE = 0x80;

  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final ServerSocket server;

  LargeFramesTest() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aStreamOfFramesOfFiftyMegabytesIsLostAtTheLimitAndOpenedAgain() throws Exception {
    isLostAndOpenedAgain(out -> {
      while (true) {
        write(out, header(WHOLE | TEXT, FRAME));
        letters(out, FRAME);
      }
    });
    assertThat(sent.get()).isLessThan(FRAME);
  }

  @Test
  void aFrameWithoutAnEndIsLostAtTheLimitAndOpenedAgain() throws Exception {
    isLostAndOpenedAgain(out -> {
      write(out, header(TEXT, 1 << 16));
      letters(out, 1 << 16);
      while (true) {
        write(out, header(0, 1 << 16));
        letters(out, 1 << 16);
      }
    });
    assertThat(sent.get()).isLessThan(FRAME);
  }

  private interface Sender {
    void send(OutputStream out) throws IOException;
  }

  /** The first connection gets too much, the second a message. */
  private void isLostAndOpenedAgain(Sender tooMuch) throws Exception {
    Thread sender = new Thread(() -> serve(tooMuch), "large-frames");
    sender.setDaemon(true);
    sender.start();
    Heartbeat heartbeat =
        new Heartbeat(Optional.empty(), Duration.ofSeconds(60), Duration.ofSeconds(120));
    Backoff backoff =
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), new SplittableRandom(1));
    URI address = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
    try (ReconnectingWebSocket socket =
        new ReconnectingWebSocket(address, heartbeat, backoff, new Calls())) {
      socket.start();
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("lost: a frame of more than 4194304 characters");
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("{\"a\":1}");
    }
  }

  private String next() throws InterruptedException {
    return Optional.ofNullable(calls.poll(120, TimeUnit.SECONDS)).orElse("nothing");
  }

  private final class Calls implements ReconnectingWebSocket.Listener {
    @Override
    public void onOpened() {
      calls.add("opened");
    }

    @Override
    public void onFrame(String text) {
      calls.add(text);
    }

    @Override
    public void onLost(String why) {
      calls.add("lost: " + why);
    }
  }

  // ---- the server

  private void serve(Sender tooMuch) {
    try {
      try (Socket first = accepted()) {
        tooMuch.send(first.getOutputStream());
      } catch (IOException closed) {
        // as it should be: the client has left
      }
      Socket second = accepted();
      byte[] message = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
      OutputStream out = second.getOutputStream();
      write(out, new byte[] {(byte) (WHOLE | TEXT), (byte) message.length});
      write(out, message);
    } catch (IOException | GeneralSecurityException failure) {
      calls.add("the server failed: " + failure);
    }
  }

  private Socket accepted() throws IOException, GeneralSecurityException {
    Socket socket = server.accept();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String key = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest((key + ACCEPTED).getBytes(StandardCharsets.US_ASCII));
    write(
        socket.getOutputStream(),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(hash)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static byte[] header(int first, int length) {
    return ByteBuffer.allocate(10).put((byte) first).put((byte) 127).putLong(length).array();
  }

  private void letters(OutputStream out, int count) throws IOException {
    byte[] block = "a".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    for (int left = count; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
      sent.addAndGet(Math.min(left, block.length));
    }
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }
}
