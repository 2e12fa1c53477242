package io.twinleg.core.event;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened. Events come from the adapters and are never changed or taken back. */
public sealed interface Event {

  /** Whether it comes from the run itself: then it dates nothing that a venue said. */
  default boolean comesFromTheRun() {
    return switch (this) {
      case RunStarted started -> true;
      case StartupCompleted completed -> true;
      case TimerFired timer -> true;
      case OperatorCommand command -> true;
      case DiskSpaceReported reported -> true;
      default -> false;
    };
  }

  // ---- the run itself

  /**
   * The program started on this journal.
   *
   * @param config the effective configuration as one JSON text, without secrets
   * @param continuous the exchange stood still while the program was away (a dry run on its
   *     journal), so that messages under way still arrive; otherwise whatever was under way is
   *     unknown
   */
  record RunStarted(
      String runId, OrderIdTag bookId, String configHash, String config, boolean continuous)
      implements Event {}

  /**
   * A market's two legs, resolved and pinned. Its place in the configuration is part of every order
   * id.
   */
  record InstrumentsResolved(MarketId market, int index, Instrument spot, Instrument perp)
      implements Event {}

  record CapabilitiesReported(VenueCapabilities capabilities) implements Event {}

  record FeesReported(FeeSchedule fees) implements Event {}

  /** Every start-up answer has been given; from here on the run decides. */
  record StartupCompleted() implements Event {}

  record TimerFired() implements Event {}

  /**
   * An operator's command: pause, resume, kill, flatten, stop.
   *
   * @param argument the level of a kill, {@code end} of a flatten that also ends the run, the
   *     reason of a stop
   */
  record OperatorCommand(Operation operation, String argument) implements Event {
    public enum Operation {
      PAUSE,
      RESUME,
      KILL,
      FLATTEN,
      /** End cleanly, as shutdown.mode says. */
      STOP,
      /** A second signal: cancel own orders and end within two seconds. */
      STOP_FAST
    }

    /** From 1, no new risk, to 3, also flatten. */
    public int killLevel() {
      return Integer.parseInt(argument);
    }

    /** Whether the run ends when all is flat. */
    public boolean endsRun() {
      return operation == Operation.FLATTEN && argument.equals("end");
    }
  }

  // ---- the market

  record BookUpdated(InstrumentId instrument, BookSnapshot book) implements Event {}

  /** The perp's mark and oracle prices. */
  record MarkPriceUpdated(InstrumentId instrument, Price mark, Price oracle) implements Event {}

  /** The venue's running estimate of the rate that the current period will settle at. */
  record FundingRateUpdated(InstrumentId instrument, Rate rate) implements Event {}

  /**
   * How large a market is, in quote: of a coin what was traded in it within 24 hours, of a perp
   * what is open in it. At most once an hour, by venues that say it.
   */
  record LiquidityReported(InstrumentId instrument, Usd usd) implements Event {}

  record FundingRateSettled(InstrumentId instrument, FundingHour funding) implements Event {}

  /**
   * One observation of a market: all that was recorded of one instant, so that no price is judged
   * against another of an earlier instant. Its source has no running estimate of the rate: the
   * newest settled one stands for it.
   *
   * @param settled what settled since the last observation, oldest first
   * @param fillsEarlierOrders orders decided on an earlier observation take what is quoted here,
   *     whatever their own price: in a backtest by the hour only
   */
  record MarketObserved(
      MarketId market,
      BookSnapshot spot,
      BookSnapshot perp,
      Price mark,
      Price oracle,
      List<FundingHour> settled,
      boolean fillsEarlierOrders)
      implements Event {
    public MarketObserved {
      settled = List.copyOf(settled);
    }
  }

  /** Settled hours from before the run, oldest first. A missing hour is absent. */
  record FundingHistoryLoaded(InstrumentId instrument, List<FundingHour> hours) implements Event {
    public FundingHistoryLoaded {
      hours = List.copyOf(hours);
    }
  }

  /** A feed went silent for longer than its limit, or is fresh again; reported by the adapter. */
  record FeedStatusChanged(Feed feed, Optional<InstrumentId> instrument, boolean fresh)
      implements Event {
    public enum Feed {
      BOOK,
      FUNDING,
      ACCOUNT
    }
  }

  /** The coin can no longer be traded, or can again. */
  record TradingHalted(InstrumentId instrument, boolean delisted, boolean halted)
      implements Event {}

  /**
   * How far the venue's clock is from ours, the median of several measurements; published when that
   * changes what it means for the run.
   *
   * @param offsetMs venue less ours
   */
  record ClockSkewed(long offsetMs) implements Event {}

  /**
   * How much of the disk that the journal is on is free; published when that changes what it means
   * for the run.
   *
   * @param freePercent rounded down
   */
  record DiskSpaceReported(int freePercent, long freeBytes) implements Event {
    public static final int LOW_PERCENT = 10;
    public static final int NO_ENTRIES_PERCENT = 2;

    /**
     * Of a small disk, whose percents are fewer than what a journal may need before a checkpoint.
     */
    public static final long NO_ENTRIES_BYTES = 64L << 20;

    /** What it means, in rising gravity. Entries stop before the journal does. */
    public enum Space {
      AMPLE,
      LOW,
      NO_ENTRIES
    }

    public Space space() {
      return space(freePercent, freeBytes);
    }

    /** What it would mean with a little less: a disk at a limit is not reported again and again. */
    public Space spaceWithLess() {
      return space(freePercent - 1, freeBytes / 5 * 4);
    }

    private static Space space(int percent, long bytes) {
      if (percent <= NO_ENTRIES_PERCENT || bytes < NO_ENTRIES_BYTES) {
        return Space.NO_ENTRIES;
      }
      return percent <= LOW_PERCENT ? Space.LOW : Space.AMPLE;
    }
  }

  /**
   * Something that the venue said could not be read. It counts as not said: orders it was about are
   * unknown, requests are repeated, feeds it belongs to are stale.
   *
   * @param source the request, channel or thread it came by
   * @param detail the field and why it could not be read
   * @param count how many of this source so far
   */
  record MessageUnreadable(String source, String detail, long count) implements Event {}

  // ---- our orders

  /** It rests in the book. */
  record OrderAccepted(ClientOrderId order, long orderId) implements Event {}

  record OrderRejected(ClientOrderId order, RejectReason reason, String text) implements Event {}

  record OrderFilled(Fill fill) implements Event {}

  /**
   * The order is over: nothing more can fill.
   *
   * @param filled all it ever filled. The order counts as closed once fills of that size have been
   *     seen: fills may arrive later than this
   */
  record OrderEnded(ClientOrderId order, Quantity filled, String reason) implements Event {}

  /**
   * A cancel that found nothing to cancel. It is not proof of anything: the order's own terminal
   * state is awaited.
   */
  record CancelRejected(ClientOrderId order, RejectReason reason, String text) implements Event {}

  /** The answer to a send was lost or ambiguous: it may or may not have happened. */
  record OrderUnknown(ClientOrderId order, String text) implements Event {}

  /**
   * The answer to a {@link Command.QueryOrder} that found no record. Not proof: see specification
   * 2.6.
   */
  record OrderNotFound(ClientOrderId order) implements Event {}

  /**
   * The answer to a {@link Command.InvalidateNonce}.
   *
   * @param invalidated the nonce is used up by this: the order never lands. Otherwise the venue had
   *     judged it before
   */
  record NonceInvalidated(ClientOrderId order, boolean invalidated) implements Event {}

  record LeverageResult(
      InstrumentId instrument, int leverage, boolean cross, boolean accepted, String response)
      implements Event {}

  // ---- our account

  /**
   * The answer to a {@link Command.TransferCollateral}, or to the {@link Command.ConfirmTransfer}
   * that followed it.
   */
  record TransferResult(long transfer, Outcome outcome, String response) implements Event {
    public enum Outcome {
      MOVED,
      REFUSED,
      /** It was lost on the way, and can no longer arrive. */
      NEVER_LANDED
    }
  }

  record AccountReported(AccountState account) implements Event {}

  /**
   * How many actions the venue has counted for this account, and how many it grants. A venue
   * without such a count never publishes it.
   */
  record BudgetReported(long used, long cap) implements Event {}

  record FundingReceived(FundingPayment payment) implements Event {}

  /**
   * Money or coins that were moved, not earned or lost: a deposit, or a move between wallets.
   *
   * @param usd signed, into the account from outside; zero for a move between wallets
   */
  record CashTransfer(Usd usd, String what, Instant time) implements Event {}

  /**
   * Coins that came into the account or left it without a trade: sent, received, staked.
   *
   * @param change signed, positive where they came in
   */
  record CoinsTransferred(InstrumentId spot, Quantity change, String what, Instant time)
      implements Event {}
}
