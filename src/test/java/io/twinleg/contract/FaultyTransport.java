package io.twinleg.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The connection between an adapter and a venue: bytes through one loopback port to another. It can
 * lose a response whose request has arrived, hold back what the venue sends, and break.
 */
final class FaultyTransport implements AutoCloseable {
  private static final int CHUNK = 65_536;

  private final ServerSocket listener;
  private final int venue;
  private final List<Socket> ends = new ArrayList<>();
  private final Object holding = new Object();
  private Pattern unansweredLine = Pattern.compile("(?!)");
  private int toLose;
  private boolean held;
  private volatile boolean closed;

  FaultyTransport(int venue) {
    this.venue = venue;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next request with this first line arrives, and its response is lost. */
  synchronized void loseNextResponseTo(String firstLine) {
    unansweredLine = Pattern.compile(firstLine);
    toLose = 1;
  }

  private synchronized boolean loses(String bytes) {
    boolean lost = toLose > 0 && unansweredLine.matcher(bytes).lookingAt();
    toLose -= lost ? 1 : 0;
    return lost;
  }

  /** From now on the venue is silent, though every connection stands. */
  void hold(boolean silent) {
    synchronized (holding) {
      held = silent;
      holding.notifyAll();
    }
  }

  private void waitWhileHeld() throws InterruptedException {
    synchronized (holding) {
      while (held && !closed) {
        holding.wait();
      }
    }
  }

  /** Every connection breaks; new ones may come. */
  synchronized void cut() {
    ends.forEach(FaultyTransport::hangUp);
    ends.clear();
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread.ofPlatform().daemon().name("loose-transport").start(work);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), venue);
        keep(client, server);
        Line line = new Line(client, server);
        daemon(line::carryRequests);
        daemon(line::carryResponses);
      } catch (IOException broken) {
        if (!closed) {
          throw new IllegalStateException(broken);
        }
      }
    }
  }

  private synchronized void keep(Socket client, Socket server) {
    ends.add(client);
    ends.add(server);
  }

  /** One connection, both ways. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private volatile boolean drops;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void carryRequests() {
      carry(
          client,
          server,
          bytes -> {
            drops |= loses(new String(bytes, StandardCharsets.ISO_8859_1));
            return true;
          });
    }

    void carryResponses() {
      carry(
          server,
          client,
          bytes -> {
            waitWhileHeld();
            return !drops;
          });
    }

    /** Both ends are closed with the first one that closes. */
    private void carry(Socket from, Socket to, Gate gate) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] chunk = new byte[CHUNK];
        int length = in.read(chunk);
        while (length >= 0 && gate.passes(java.util.Arrays.copyOf(chunk, length))) {
          out.write(chunk, 0, length);
          length = in.read(chunk);
        }
      } catch (IOException over) {
        drops = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Gate {
    boolean passes(byte[] bytes) throws InterruptedException;
  }

  @Override
  public void close() {
    closed = true;
    hangUp(listener);
    hold(false);
    cut();
  }

  private static void hangUp(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
