package io.twinleg.venue.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a venue, or a proxy before it, may do to a body. */
class HttpTransportTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ServerSocket server = listen();
  private final HttpTransport http = new HttpTransport("http://127.0.0.1:" + server.getLocalPort());
  private final CountDownLatch done = new CountDownLatch(1);

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the answer to one request. */
  private interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  private void answer(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            answer.write(socket.getOutputStream());
            // A socket that is closed over an unread request may be reset before it is read.
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
          } catch (IOException | InterruptedException closed) {
            // the client has given up: that is the case under test
          }
        });
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private HttpResult post(Duration timeout) {
    return http.post("/info", TransportJson.object(), timeout);
  }

  @AfterEach
  void close() throws IOException {
    done.countDown();
    http.close();
    server.close();
  }

  @Test
  void aWholeBodyIsRead() {
    answer(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"));
    assertThat(post(LONG)).isEqualTo(new HttpResult.Ok(TransportJson.read("{\"a\":1}")));
  }

  @Test
  void aBodyThatStallsIsNoAnswerInTime() {
    answer(out -> {
      write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":");
      done.await();
    });
    assertThat(post(SHORT).describe()).startsWith("no ").contains("in time");
  }

  @Test
  void aBodyWithoutAnEndIsGivenUpAtItsLimit() {
    answer(out -> {
      write(out, "HTTP/1.1 200 OK\r\n\r\n");
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 1000; i++) {
        out.write(block);
      }
    });
    assertThat(post(LONG))
        .isEqualTo(new HttpResult.NoAnswer("a body of more than 16777216 bytes", false));
  }
}
