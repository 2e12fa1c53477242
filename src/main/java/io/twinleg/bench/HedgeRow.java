package io.twinleg.bench;

import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A fill of a resting order to its hedge's signed bytes on a socket of this machine, with the
 * journal flushed between them as in a live run; beside each, one flush of a page of a file in the
 * same folder. In time of the clock: a flush is waiting, not computing.
 */
final class HedgeRow {
  private static final Duration LENGTH = Duration.ofHours(3);

  /** Small slices of a large target: hundreds of fills. */
  private static final List<String> SETTINGS =
      List.of(
          "strategy.target_usd_notional=900",
          "execution.max_clip_usd=21",
          "risk.per_symbol_notional_cap=2000",
          "execution.max_replaces_per_min=600",
          "execution.reprice_interval_ms=100");

  private final Path folder;

  HedgeRow(Path folder) {
    this.folder = folder;
  }

  BenchRow row() {
    return new BenchRow(
        "hedge",
        "a fill to its hedge's bytes on a loopback socket, journal FULL",
        false,
        this::run);
  }

  private Map<String, Object> run(int rounds) throws IOException {
    Histogram hedge = new Histogram(3);
    Histogram flush = new Histogram(3);
    Stages stages = new Stages();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept();
        FileChannel page =
            FileChannel.open(
                folder.resolve("page"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      socket.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> drain(peer));
      // The first runs compile.
      for (int round = -2; round < rounds; round++) {
        boolean counts = round >= 0;
        Histogram hedges = counts ? hedge : new Histogram(3);
        Histogram flushes = counts ? flush : new Histogram(3);
        Stages parts = counts ? stages : new Stages();
        OutputStream out = socket.getOutputStream();
        WorldRun.into(
            folder.resolve("hedge" + round + ".db"),
            LENGTH,
            SETTINGS,
            journal -> new Watched(journal, out, page, hedges, flushes, parts));
      }
    }
    double median = hedge.getValueAtPercentile(50) / 1e3;
    double flushMedian = flush.getValueAtPercentile(50) / 1e3;
    return RowFields.of(
        "median_us", RowFields.rounded(median),
        "decide_us", Stages.median(stages.decide),
        "write_us", Stages.median(stages.write),
        "commit_us", Stages.median(stages.commit),
        "sign_and_send_us", Stages.median(stages.send),
        "p99_us", RowFields.rounded(hedge.getValueAtPercentile(99) / 1e3),
        "p999_us", RowFields.rounded(hedge.getValueAtPercentile(99.9) / 1e3),
        "beside", "one flush of 4 KB",
        "beside_median_us", RowFields.rounded(flushMedian),
        "beside_p99_us", RowFields.rounded(flush.getValueAtPercentile(99) / 1e3),
        "beside_p999_us", RowFields.rounded(flush.getValueAtPercentile(99.9) / 1e3),
        "over_one_flush_us", RowFields.rounded(median - flushMedian),
        "hedges", hedge.getTotalCount(),
        "rounds", rounds);
  }

  /** Where the time goes: the medians of these add up to about the whole's. */
  private record Stages(Histogram decide, Histogram write, Histogram commit, Histogram send) {
    Stages() {
      this(new Histogram(3), new Histogram(3), new Histogram(3), new Histogram(3));
    }

    private static Object median(Histogram nanos) {
      return RowFields.rounded(nanos.getValueAtPercentile(50) / 1e3);
    }
  }

  private static void drain(Socket peer) {
    try {
      peer.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // the measurement is over
    }
  }

  /** What the runner does between its commit and the venue is done here, within the commit. */
  private static final class Watched extends ForwardingJournal {
    private final OrderRows orders = new OrderRows();
    private final OutputStream out;
    private final FileChannel page;
    private final Histogram hedges;
    private final Histogram flushes;
    private final ByteBuffer content = ByteBuffer.allocateDirect(4096);
    private final Stages stages;
    private long filledAt;
    private long decidedAt;
    private boolean isHedge;

    Watched(
        Journal journal,
        OutputStream out,
        FileChannel page,
        Histogram hedges,
        Histogram flushes,
        Stages stages) {
      super(journal);
      this.stages = stages;
      this.out = out;
      this.page = page;
      this.hedges = hedges;
      this.flushes = flushes;
    }

    @Override
    public void append(SequencedEvent event) {
      filledAt = event.fact() instanceof Event.OrderFilled ? System.nanoTime() : 0;
      isHedge = false;
      super.append(event);
    }

    @Override
    public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
      decidedAt = System.nanoTime();
      isHedge =
          filledAt != 0
              && commands.stream()
                  .anyMatch(pending ->
                      pending.command() instanceof Command.PlaceOrder order
                          && order.purpose() == OrderPurpose.HEDGE);
      return super.append(cause, commands);
    }

    @Override
    public boolean commit() {
      long writtenAt = System.nanoTime();
      boolean committed = super.commit();
      if (isHedge) {
        isHedge = false;
        try {
          long committedAt = System.nanoTime();
          out.write(orders.body());
          long sentAt = System.nanoTime();
          hedges.recordValue(sentAt - filledAt);
          stages.decide.recordValue(decidedAt - filledAt);
          stages.write.recordValue(writtenAt - decidedAt);
          stages.commit.recordValue(committedAt - writtenAt);
          stages.send.recordValue(sentAt - committedAt);
          long start = System.nanoTime();
          page.write(content.clear(), 0);
          page.force(false);
          flushes.recordValue(System.nanoTime() - start);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
      return committed;
    }
  }
}
