package io.hypercarry.core.event;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.BookSnapshot;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.OrderIdTag;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.Usd;
import io.hypercarry.core.model.VenueCapabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened. Facts come in through a door and are never changed or taken back. */
public sealed interface Fact {

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
      implements Fact {}

  /**
   * A market's two legs, resolved and pinned. Its place in the configuration is part of every order
   * id.
   */
  record InstrumentsResolved(MarketId market, int index, Instrument spot, Instrument perp)
      implements Fact {}

  record CapabilitiesReported(VenueCapabilities capabilities) implements Fact {}

  record FeesReported(FeeSchedule fees) implements Fact {}

  /** Every start-up answer has been given; from here on the run decides. */
  record StartupCompleted() implements Fact {}

  record TimerFired() implements Fact {}

  /**
   * An operator's word: pause, resume, kill, flatten, stop. {@code argument} is the level of a
   * kill.
   */
  record OperatorCommand(Operation operation, String argument) implements Fact {
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
  }

  // ---- the market

  record BookUpdated(InstrumentId instrument, BookSnapshot book) implements Fact {}

  /** The perp's mark and oracle prices. */
  record MarkPriceUpdated(InstrumentId instrument, Price mark, Price oracle) implements Fact {}

  /** The venue's running estimate of the rate that the current period will settle at. */
  record FundingRateUpdated(InstrumentId instrument, Rate rate) implements Fact {}

  record FundingRateSettled(InstrumentId instrument, FundingHour funding) implements Fact {}

  /** Settled hours from before the run, oldest first. A missing hour is absent. */
  record FundingHistoryLoaded(InstrumentId instrument, List<FundingHour> hours) implements Fact {
    public FundingHistoryLoaded {
      hours = List.copyOf(hours);
    }
  }

  /**
   * A feed went silent for longer than its limit, or speaks again; the door that listens to it says
   * so.
   */
  record FeedStatusChanged(Feed feed, Optional<InstrumentId> instrument, boolean fresh) implements Fact {
    public enum Feed {
      BOOK,
      FUNDING,
      ACCOUNT
    }
  }

  /** The coin can no longer be traded, or can again. */
  record TradingHalted(InstrumentId instrument, boolean delisted, boolean halted) implements Fact {}

  /**
   * How far the venue's clock is from ours, in the middle of several looks; told when that changes
   * what it means for the run.
   *
   * @param offsetMs venue less ours
   */
  record ClockSkewed(long offsetMs) implements Fact {}

  // ---- our orders

  /** It rests in the book. */
  record OrderAccepted(ClientOrderId order, long orderId) implements Fact {}

  record OrderRejected(ClientOrderId order, RejectReason reason, String text) implements Fact {}

  record OrderFilled(Fill fill) implements Fact {}

  /**
   * The order is over: nothing more can fill.
   *
   * @param filled all it ever filled. The order counts as closed once fills of that size have been
   *     seen: fills may arrive later than this
   */
  record OrderEnded(ClientOrderId order, Quantity filled, String reason) implements Fact {}

  /**
   * A cancel that found nothing to cancel. It is not proof of anything: the order's own terminal
   * state is awaited.
   */
  record CancelRejected(ClientOrderId order, RejectReason reason, String text) implements Fact {}

  /** The answer to a send was lost or ambiguous: it may or may not have happened. */
  record OrderUnknown(ClientOrderId order, String text) implements Fact {}

  /**
   * The answer to a {@link Command.QueryOrder} that found no record. Not proof: see semantics 2.6.
   */
  record OrderNotFound(ClientOrderId order) implements Fact {}

  /**
   * The answer to a {@link Command.BurnNonce}.
   *
   * @param burnt the nonce is used up by this: the order never lands. Otherwise the venue had
   *     judged it before
   */
  record NonceInvalidated(ClientOrderId order, boolean burnt) implements Fact {}

  record LeverageResult(
      InstrumentId instrument, int leverage, boolean cross, boolean accepted, String response)
      implements Fact {}

  // ---- our account

  /**
   * The answer to a {@link Command.MoveCollateral}, or to the {@link Command.SettleCollateral} that
   * made sure of it.
   */
  record TransferResult(long transfer, Outcome outcome, String response) implements Fact {
    public enum Outcome {
      MOVED,
      REFUSED,
      /** It was lost on the way, and can no longer arrive. */
      NEVER_LANDED
    }
  }

  record AccountReported(AccountState account) implements Fact {}

  /**
   * How many actions the venue has counted for this account, and how many it grants. A venue
   * without such a count never says so.
   */
  record BudgetReported(long used, long cap) implements Fact {}

  record FundingReceived(FundingPayment payment) implements Fact {}

  /**
   * Money or coins moved by somebody, not earned or lost: a deposit, or a move between wallets.
   *
   * @param usd signed, into the account from outside; zero for a move between wallets
   */
  record CashTransfer(Usd usd, String what, Instant time) implements Fact {}
}
