package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.core.event.LogEvent;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.SampledReader;
import io.twinleg.telemetry.EventSentence;
import io.twinleg.telemetry.LogSink;
import io.twinleg.venue.transport.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one run. A thread reads what was committed to the journal's event log and puts the
 * alerts of it into the queue on disk; a thread a channel sends from there. The runner waits for
 * none of them: it only counts its turns, and at its end gives what waits a few seconds.
 */
public final class AlertService implements LogSink {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
  private static final Duration LONGEST_FAULT = Duration.ofMinutes(5);
  private static final Duration AT_THE_END = Duration.ofSeconds(4);
  private static final Duration AT_A_FAST_END = Duration.ofMillis(500);
  private static final int PAGE = 500;
  private static final int REPORTS_MAX = 100;
  private static final String READER = "alerts";

  private static final String POLICY = "policy";
  private static final String EPOCH = "epoch";
  private static final String JOURNAL = "journal";

  private final Path journal;
  private final AlertSettings settings;
  private final List<AlertChannel> channels;
  private final @Nullable RunHeartbeat heartbeat;
  private final Chat chat;
  private final LogSink log;
  private final InstantSource wall;
  private final Thread reader = Thread.ofPlatform().daemon().name(READER).unstarted(this::follow);
  private final List<Thread> others = new CopyOnWriteArrayList<>();
  private final List<AlertDelivery> deliveries = new CopyOnWriteArrayList<>();
  private final Queue<LogEvent> reports = new ConcurrentLinkedQueue<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final List<Thread> direct = new ArrayList<>();
  private final String tag;
  private final long firstSight;
  private volatile @Nullable AlertQueue queue;
  private Duration atTheEnd = AT_THE_END;
  private volatile long turns;
  private volatile boolean ending;
  private volatile boolean closed;

  /**
   * Where the owner's commands come from.
   *
   * @param pin "" for none
   */
  public record Chat(List<ChatLine> lines, String pin) {
    public static final Chat NONE = new Chat(List.of(), "");

    public Chat {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return "Chat " + lines.size();
    }
  }

  /**
   * @param journal a file that exists
   * @param log where failures are logged, on the runner's thread
   */
  public AlertService(
      Path journal,
      AlertSettings settings,
      List<AlertChannel> channels,
      @Nullable RunHeartbeat heartbeat,
      Chat chat,
      LogSink log,
      InstantSource wall) {
    this.journal = journal;
    this.settings = settings;
    this.channels = List.copyOf(channels);
    this.heartbeat = heartbeat;
    this.chat = chat;
    this.log = log;
    this.wall = wall;
    try (SampledReader reader = SampledReader.open(journal)) {
      tag = reader.identity().orderIdTag().hex();
      firstSight = reader.lastLogEvent();
    }
  }

  /** Before the run's first event, so that the queue knows where it began. */
  public AlertService start() {
    guarded(READER, this::openQueue);
    reader.start();
    return this;
  }

  // ---- the runner's thread

  /** What is announced was written to the journal before. A second signal leaves no time. */
  @Override
  public void log(Instant at, LogEvent event) {
    if (event.event().equals("shutdown_requested")
        && Boolean.TRUE.equals(event.fields().get("fast"))) {
      atTheEnd = AT_A_FAST_END;
    }
    if (event.event().equals("journal_failed")) {
      sendAtOnce(at, EventSentence.sentence(event));
    }
  }

  /** What the journal cannot hold, its alerts' file beside it cannot either. */
  private void sendAtOnce(Instant at, String sentence) {
    String id = tag + "-" + at.toEpochMilli() + "-unwritten";
    AlertLevel level = AlertLevel.CRITICAL;
    Alert alert = new Alert(id, level, at, settings.source(), "end", "", sentence);
    for (AlertChannel channel : channels) {
      Runnable sending = () -> AlertDelivery.sendOnce(channel, alert, this::report);
      direct.add(Thread.ofPlatform().daemon().start(sending));
    }
  }

  /** Counts, and logs what the other threads have to report. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the runner's thread alone
  public void turned() {
    turns++;
    for (LogEvent report = reports.poll(); report != null; report = reports.poll()) {
      log.log(wall.instant(), report);
    }
  }

  /** Gives what waits a few seconds; what does not get through is sent by the next start. */
  @Override
  public void close() {
    ending = true;
    long last = System.nanoTime() + atTheEnd.toNanos();
    try {
      reader.join(atTheEnd.toMillis());
      while (System.nanoTime() < last && !isAllSent()) {
        Thread.sleep(POLL.toMillis() / 4);
      }
      for (Thread sending : direct) {
        sending.join(AT_THE_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
    reader.interrupt();
    others.forEach(Thread::interrupt);
    channels.forEach(AlertChannel::close);
    chat.lines().forEach(ChatLine::close);
    if (heartbeat != null) {
      heartbeat.close();
    }
    turned();
  }

  private boolean isAllSent() {
    try {
      return deliveries.stream().allMatch(each -> each.isIdle(wall.instant()));
    } catch (AlertFile.QueueException failure) {
      report(READER, failure);
      return true;
    }
  }

  // ---- the thread that reads

  private AlertQueue openQueue() {
    AlertQueue opened = queue;
    if (opened == null) {
      List<String> names = channels.stream().map(AlertChannel::name).toList();
      opened = AlertQueue.open(AlertQueue.fileOf(journal), names, this::report);
      AlertQueue known = opened;
      if (known.value(AlertSalvage.CURSOR, Long::valueOf).isEmpty()) {
        known.add(List.of(), List.of(), Map.of(AlertSalvage.CURSOR, Long.toString(firstSight)));
      }
      queue = known;
      for (AlertChannel channel : channels) {
        AlertDelivery delivery = new AlertDelivery(known, channel, this::report);
        deliveries.add(delivery);
        thread(channel.name(), name -> deliver(name, delivery));
      }
      ChatCommands commands =
          new ChatCommands(
              journal, known, names, settings.source(), chat.pin(), this::report, wall);
      for (ChatLine line : chat.lines()) {
        thread(line.name() + "-chat", name -> converse(name, line, commands));
      }
    }
    return opened;
  }

  private void thread(String of, Consumer<String> work) {
    String name = READER + "-" + of;
    others.add(Thread.ofPlatform().daemon().name(name).start(() -> work.accept(name)));
  }

  private void follow() {
    while (!closed) {
      boolean isOver = guarded(READER, () -> follow(openQueue()));
      if (isOver || ending) {
        return;
      }
      pause(AFTER_A_FAULT);
    }
  }

  /** Until the run is over and all of it is read. */
  private void follow(AlertQueue known) {
    try (SampledReader rows = SampledReader.open(journal)) {
      JournalPosition position = new JournalPosition(rows, known);
      boolean wasEnding = false;
      while (!closed) {
        boolean isMore = position.read();
        failing.remove(READER);
        beat();
        if (!isMore && wasEnding) {
          position.store(List.of());
          return;
        }
        wasEnding = ending;
        if (!isMore && !wasEnding) {
          pause(POLL);
        }
      }
    }
  }

  private void beat() {
    if (heartbeat != null && !ending) {
      heartbeat
          .beat(wall.instant(), turns)
          .ifPresent(why -> report(LogEvent.warn("heartbeat_failed").with("cause", why)));
    }
  }

  /** How far the journal's event log was read, and what is remembered of it. */
  private final class JournalPosition {
    private final SampledReader log;
    private final AlertQueue known;
    private final List<String> names = channels.stream().map(AlertChannel::name).toList();
    private final AlertPolicy policy;
    private long cursor;
    private long stored;

    JournalPosition(SampledReader log, AlertQueue known) {
      this.log = log;
      this.known = known;
      String tag = log.identity().orderIdTag().hex();
      String before = known.value(JOURNAL, text -> text).orElse(tag);
      cursor = known.value(AlertSalvage.CURSOR, Long::valueOf).orElse(firstSight);
      int epoch = known.value(EPOCH, Integer::valueOf).orElse(0);
      String memory = known.value(POLICY, AlertPolicy::checked).orElse("");
      if (!before.equals(tag) || log.lastLogEvent() < cursor) {
        // Another journal, or a backup of it, is in its place: its rows have other numbers.
        cursor = Math.min(firstSight, log.lastLogEvent());
        epoch++;
        memory = "";
      }
      stored = cursor;
      policy = new AlertPolicy(settings, epoch == 0 ? tag : tag + "-" + epoch, memory);
      if (memory.isEmpty() && AlertSalvage.isWithoutEnd(log, cursor)) {
        policy.runBefore();
      }
      known.add(
          List.of(),
          names,
          Map.of(
              JOURNAL,
              tag,
              EPOCH,
              Integer.toString(epoch),
              AlertSalvage.CURSOR,
              Long.toString(cursor),
              POLICY,
              memory));
    }

    /** Returns whether there may be more. */
    boolean read() {
      // Before the rows: all of them up to this moment are read then.
      Optional<Instant> clock = log.time(log.lastSequence());
      List<StateEntry> rows = log.logEventsAfter(cursor, PAGE);
      List<Alert> alerts = new ArrayList<>();
      for (StateEntry row : rows) {
        alerts.addAll(policy.accept(row));
        cursor = row.id();
      }
      boolean isMore = rows.size() == PAGE;
      if (!isMore) {
        clock.ifPresent(now -> alerts.addAll(policy.advance(now)));
      }
      if (!alerts.isEmpty() || cursor - stored >= PAGE) {
        store(alerts);
      }
      return isMore;
    }

    void store(List<Alert> alerts) {
      known.add(
          alerts,
          names,
          Map.of(AlertSalvage.CURSOR, Long.toString(cursor), POLICY, policy.memory()));
      stored = cursor;
    }
  }

  // ---- the threads that send

  private void deliver(String name, AlertDelivery delivery) {
    while (!closed) {
      boolean isWell = guarded(name, () -> sendAll(name, delivery));
      pause(isWell ? POLL : AFTER_A_FAULT);
    }
  }

  private void sendAll(String name, AlertDelivery delivery) {
    while (!closed && delivery.step(wall.instant())) {
      failing.remove(name);
    }
  }

  // ---- the threads that take commands

  private void converse(String name, ChatLine line, ChatCommands commands) {
    Backoff pauses = new Backoff(AFTER_A_FAULT, LONGEST_FAULT, RandomGenerator.getDefault());
    while (!closed && !ending) {
      try {
        commands.handle(line);
        failing.remove(name);
        pauses.reset();
        pause(line.pause());
      } catch (RuntimeException failure) {
        if (!closed && failing.add(name)) {
          report(
              LogEvent.warn("chat_failed")
                  .with("channel", line.name())
                  .with("cause", String.valueOf(failure.getMessage())));
        }
        pause(pauses.next());
      }
    }
  }

  // ---- faults

  /** Alerts that fail end neither themselves nor the run: that is logged, and they try again. */
  private boolean guarded(String name, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException failure) {
      if (!closed) {
        report(name, failure);
      }
      return false;
    }
  }

  /** Once until it works again. */
  private void report(String name, RuntimeException failure) {
    if (failing.add(name)) {
      String cause = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      report(LogEvent.error("alerts_failed").with("cause", cause));
    }
  }

  private void report(LogEvent event) {
    if (reports.size() < REPORTS_MAX) {
      reports.add(event);
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
