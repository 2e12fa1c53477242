package io.twinleg.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Stands between a client and our exchange on loopback and gives the false answers that a test
 * sets: about the answer to a request, by silence in the middle of a body, by a closed connection,
 * about the frames of a stream. Lies may be changed while it runs.
 */
public final class LyingProxy implements AutoCloseable {
  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "host", "upgrade", "expect", "http2-settings");
  private static final int TEXT = 1;

  /** One request as the client sent it; {@code target} with its query. */
  public record Request(String method, String target, Map<String, String> headers, String body) {
    /** Of a JSON body, or anything else by which requests differ. */
    public boolean mentions(String text) {
      return target.contains(text) || body.contains(text);
    }
  }

  /** What the client is given. */
  public sealed interface Reply {
    /** A whole answer. */
    record Whole(int status, String contentType, String body) implements Reply {
      public Whole withBody(String other) {
        return new Whole(status, contentType, other);
      }
    }

    /** Headers that promise the whole, so many characters of it, then nothing until the end. */
    record Stalled(Whole whole, int characters) implements Reply {}

    /** Headers without a length, and bytes without end. */
    record Endless() implements Reply {}

    /** The connection closed without a word. */
    record Closed() implements Reply {}
  }

  public static Reply.Whole json(String body) {
    return new Reply.Whole(200, "application/json", body);
  }

  public static Reply.Whole page(int status) {
    return new Reply.Whole(status, "text/html", "<html>blocked</html>");
  }

  /** The venue itself; asking it is what makes the request arrive there. */
  @FunctionalInterface
  public interface Venue {
    Reply.Whole ask() throws IOException, InterruptedException;
  }

  @FunctionalInterface
  public interface Lie {
    Reply answer(Request request, Venue venue) throws IOException, InterruptedException;
  }

  private final URI upstream;
  private final ServerSocket server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Lie lie = (request, venue) -> venue.ask();
  private volatile Function<String, List<String>> frames = List::of;

  public LyingProxy(String upstream) throws IOException {
    this.upstream = URI.create(upstream);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From the next request on. */
  public LyingProxy answers(Lie newLie) {
    lie = newLie;
    return this;
  }

  public LyingProxy forwardsEverything() {
    frames = List::of;
    return answers((request, venue) -> venue.ask());
  }

  /** What becomes of each text frame from the venue: none, itself, others. From the next one on. */
  public LyingProxy frames(Function<String, List<String>> newFrames) {
    frames = newFrames;
    return this;
  }

  /** Every request so far, also those that never reached the venue. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Cuts every connection; new ones are accepted. */
  public void cut() {
    open.forEach(LyingProxy::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException stopped) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        Request request = read(in);
        if ("websocket".equalsIgnoreCase(request.headers().get("upgrade"))) {
          relay(request, in, out);
          return;
        }
        requests.add(request);
        if (!write(lie.answer(request, () -> ask(request)), out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException over) {
      // one of the two has hung up
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private Reply.Whole ask(Request request) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(upstream.resolve(request.target()))
            .timeout(Duration.ofMinutes(1))
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, value) -> {
          if (!NOT_FORWARDED.contains(name)) {
            builder.header(name, value);
          }
        });
    HttpResponse<String> answer =
        client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    String type = answer.headers().firstValue("content-type").orElse("application/json");
    return new Reply.Whole(answer.statusCode(), type, answer.body());
  }

  /** Whether the connection goes on. */
  private boolean write(Reply reply, OutputStream out) throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Whole whole -> out.write(bytes(whole));
      case Reply.Stalled stalled -> {
        byte[] all = bytes(stalled.whole());
        int head = all.length - stalled.whole().body().getBytes(StandardCharsets.UTF_8).length;
        out.write(all, 0, Math.min(all.length - 1, head + stalled.characters()));
        out.flush();
        closed.await();
      }
      case Reply.Endless endless -> {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[1 << 16];
        while (closed.getCount() > 0) {
          out.write(block);
        }
      }
      case Reply.Closed end -> {
        return false;
      }
    }
    out.flush();
    return reply instanceof Reply.Whole;
  }

  private static byte[] bytes(Reply.Whole whole) {
    byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(whole.status(), whole.contentType(), body.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  // ---- streams

  private void relay(Request request, InputStream in, OutputStream out) throws IOException {
    try (Socket venue = new Socket(upstream.getHost(), upstream.getPort())) {
      open.add(venue);
      StringBuilder head = new StringBuilder();
      head.append("GET ").append(request.target()).append(" HTTP/1.1\r\n");
      request
          .headers()
          .forEach((name, value) ->
              head.append(name)
                  .append(": ")
                  .append(name.equals("host") ? upstream.getAuthority() : value)
                  .append("\r\n"));
      venue
          .getOutputStream()
          .write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      venue.getOutputStream().flush();
      Thread.ofVirtual().start(() -> copy(in, venue));
      DataInputStream from = new DataInputStream(new BufferedInputStream(venue.getInputStream()));
      for (String line = line(from); ; line = line(from)) {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        if (line.isEmpty()) {
          break;
        }
      }
      out.flush();
      while (true) {
        passOne(from, out);
      }
    }
  }

  private static void copy(InputStream from, Socket to) {
    try (to) {
      byte[] block = new byte[8192];
      for (int n = from.read(block); n > 0; n = from.read(block)) {
        to.getOutputStream().write(block, 0, n);
        to.getOutputStream().flush();
      }
    } catch (IOException over) {
      // one of the two has hung up
    }
  }

  /** One whole message of the venue, which writes its frames without a mask. */
  private void passOne(DataInputStream from, OutputStream out) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int first = from.readUnsignedByte();
    int opcode = first & 0x0f;
    boolean last = (first & 0x80) != 0;
    payload.writeBytes(from.readNBytes(length(from)));
    while (!last) {
      last = (from.readUnsignedByte() & 0x80) != 0;
      payload.writeBytes(from.readNBytes(length(from)));
    }
    List<byte[]> passed = new ArrayList<>();
    if (opcode == TEXT) {
      frames
          .apply(payload.toString(StandardCharsets.UTF_8))
          .forEach(text -> passed.add(text.getBytes(StandardCharsets.UTF_8)));
    } else {
      passed.add(payload.toByteArray());
    }
    for (byte[] message : passed) {
      out.write(0x80 | opcode);
      writeLength(out, message.length);
      out.write(message);
    }
    out.flush();
  }

  private static int length(DataInputStream from) throws IOException {
    int length = from.readUnsignedByte() & 0x7f;
    if (length == 126) {
      return from.readUnsignedShort();
    }
    return length == 127 ? Math.toIntExact(from.readLong()) : length;
  }

  private static void writeLength(OutputStream out, int length) throws IOException {
    if (length < 126) {
      out.write(length);
    } else if (length < 1 << 16) {
      out.write(new byte[] {126, (byte) (length >> 8), (byte) length});
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((byte) ((long) length >> shift));
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // that is what was wanted
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    cut();
    client.shutdownNow();
  }
}
