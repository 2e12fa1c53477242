package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExchangeAdmin;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.L1Action.ReserveRequestWeight;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.util.Optional;

/** Moves money: between an account's wallets, to others, and out. */
final class TransferHandler {
  private static final int USD_DECIMALS = 6;
  private static final int SPOT_USD_DECIMALS = 8;
  private static final Usd WITHDRAWAL_FEE = Usd.of("1");

  /** What it costs to send to an address that has no account yet. */
  private static final Usd ACTIVATION = Usd.of("1");

  private static final BigDecimal REQUEST_COSTS = new BigDecimal("0.0005");
  private static final String NOT_THERE = "Insufficient balance for withdrawal.";
  private static final String NO_TOKENS = "Insufficient balance for token transfer";
  private static final String INVALID = "Invalid send";

  private final ServerContext context;
  private final TransferRows rows;

  TransferHandler(ServerContext context) {
    this.context = context;
    rows = new TransferRows(context);
  }

  // ---- within one account

  ExchangeResponse betweenWallets(AccountId account, UserSigned action) {
    Amount amount = Amount.of(action.text("amount"), USD_DECIMALS);
    boolean toPerp = action.flag("toPerp");
    return amount
        .objection()
        .map(TransferHandler::refused)
        .orElseGet(() -> betweenWallets(account, new Usd(amount.orThrow()), toPerp));
  }

  private ExchangeResponse betweenWallets(AccountId account, Usd amount, boolean toPerp) {
    if (context.accounts().abstraction(account.name()).isPooled()) {
      return refused("Action disabled when unified account is active");
    }
    Leg from = toPerp ? Leg.SPOT : Leg.PERP;
    if (!context.exchange().admin().move(account, amount, from)) {
      return refused(NOT_THERE);
    }
    rows.betweenWallets(account, amount, toPerp);
    return Accepted.byDefault();
  }

  /** The one transfer that an agent may sign, so the money must stay where it is. */
  ExchangeResponse within(AccountId account, AgentSendAsset action) {
    if (!HyperliquidAccountRegistry.lower(action.destination()).equals(account.name())) {
      return refused("Agent can only send asset to same user or their sub-accounts.");
    }
    Optional<Leg> from = wallet(action.sourceDex());
    Optional<Leg> to = wallet(action.destinationDex());
    if (from.isEmpty() || to.isEmpty()) {
      return refused("Invalid perp DEX");
    }
    Amount amount = Amount.of(action.amount(), USD_DECIMALS);
    if (!Universe.isQuote(action.token()) || from.equals(to) || amount instanceof Amount.Bad) {
      return refused(INVALID);
    }
    return betweenWallets(account, new Usd(amount.orThrow()), to.get() == Leg.PERP);
  }

  private static Optional<Leg> wallet(String dex) {
    return switch (dex) {
      case "" -> Optional.of(Leg.PERP);
      case "spot" -> Optional.of(Leg.SPOT);
      default -> Optional.empty();
    };
  }

  // ---- to others

  ExchangeResponse usdSend(AccountId account, UserSigned action) {
    Amount amount = Amount.of(action.text("amount"), USD_DECIMALS);
    return amount
        .objection()
        .map(TransferHandler::refused)
        .orElseGet(() ->
            send(
                new TransferRows.TransferRequest(
                    account, Leg.PERP, action.text("destination"), Leg.PERP, action.type()),
                new Usd(amount.orThrow())));
  }

  ExchangeResponse spotSend(AccountId account, UserSigned action) {
    TransferRows.TransferRequest transfer =
        new TransferRows.TransferRequest(
            account, Leg.SPOT, action.text("destination"), Leg.SPOT, action.type());
    return send(transfer, action.text("token"), action.text("amount"));
  }

  ExchangeResponse sendAsset(AccountId account, UserSigned action) {
    Optional<Leg> from = wallet(action.text("sourceDex"));
    Optional<Leg> to = wallet(action.text("destinationDex"));
    if (from.isEmpty() || to.isEmpty()) {
      return refused("Invalid perp DEX");
    }
    String destination = action.text("destination");
    TransferRows.TransferRequest transfer =
        new TransferRows.TransferRequest(account, from.get(), destination, to.get(), action.type());
    return send(transfer, action.text("token"), action.text("amount"));
  }

  private ExchangeResponse send(TransferRows.TransferRequest transfer, String token, String text) {
    if (Universe.isQuote(token)) {
      boolean spotOnly = transfer.from() == Leg.SPOT && transfer.into() == Leg.SPOT;
      Amount amount = Amount.of(text, spotOnly ? SPOT_USD_DECIMALS : USD_DECIMALS);
      return amount
          .objection()
          .map(TransferHandler::refused)
          .orElseGet(() -> send(transfer, new Usd(amount.orThrow())));
    }
    return context
        .universe()
        .spotOf(token)
        .map(spot -> sendCoins(transfer, spot, text))
        .orElseGet(() -> refused("Unknown token " + token));
  }

  private ExchangeResponse send(TransferRows.TransferRequest transfer, Usd amount) {
    Optional<AccountId> known = context.accounts().find(transfer.destination());
    if (transfer.isToItself() && transfer.from() != transfer.into()) {
      return betweenWallets(transfer.sender(), amount, transfer.into() == Leg.PERP);
    }
    if (transfer.isInvalid()) {
      return refused(INVALID);
    }
    Usd gas = known.isPresent() ? Usd.ZERO : ACTIVATION;
    ExchangeAdmin admin = context.exchange().admin();
    if (!admin.withdraw(transfer.sender(), amount.plus(gas), transfer.from())) {
      return refused(transfer.from() == Leg.PERP ? NOT_THERE : NO_TOKENS);
    }
    AccountId receiver =
        known.orElseGet(() -> context.open(transfer.destination(), Usd.ZERO, Usd.ZERO));
    admin.deposit(receiver, amount, transfer.into());
    rows.sent(transfer, receiver, Universe.QUOTE, amount.value(), amount.value(), gas);
    return Accepted.byDefault();
  }

  private ExchangeResponse sendCoins(
      TransferRows.TransferRequest transfer, Instrument spot, String text) {
    Amount amount = Amount.of(text, Universe.tokenDecimals(spot));
    if (amount instanceof Amount.Bad bad) {
      return refused(bad.text());
    }
    Optional<AccountId> receiver = context.accounts().find(transfer.destination());
    if (transfer.isInvalid() || transfer.from() == Leg.PERP || transfer.into() == Leg.PERP) {
      return refused(INVALID);
    }
    if (receiver.isEmpty()) {
      return refused("Insufficient quote token USDC balance for token transfer gas.");
    }
    Quantity quantity = new Quantity(amount.orThrow());
    boolean sent =
        context
            .exchange()
            .admin()
            .sendCoins(transfer.sender(), receiver.get(), spot.id(), quantity);
    if (sent) {
      rows.sentCoins(transfer, receiver.get(), spot, quantity);
    }
    return sent ? Accepted.byDefault() : refused(NO_TOKENS);
  }

  // ---- out

  /** What arrives is the amount less the fee; here it is gone either way. */
  ExchangeResponse withdraw(AccountId account, UserSigned action) {
    Amount amount = Amount.of(action.text("amount"), USD_DECIMALS);
    if (amount instanceof Amount.Bad bad) {
      return refused(bad.text());
    }
    Usd whole = new Usd(amount.orThrow());
    boolean tooSmall = !whole.exceeds(WITHDRAWAL_FEE);
    if (tooSmall || !context.exchange().admin().withdraw(account, whole, Leg.PERP)) {
      return refused(NOT_THERE);
    }
    rows.withdrawn(account, whole.minus(WITHDRAWAL_FEE), WITHDRAWAL_FEE, action.nonce());
    return Accepted.byDefault();
  }

  /** Buys requests with collateral. */
  ExchangeResponse reserve(AccountId account, ReserveRequestWeight action) {
    String owner = action.destination().orElse(account.name());
    Optional<AccountId> forWhom = context.accounts().find(owner);
    Usd price = new Usd(REQUEST_COSTS.multiply(BigDecimal.valueOf(action.weight())));
    if (forWhom.isEmpty() || !context.exchange().admin().withdraw(account, price, Leg.PERP)) {
      return refused(NOT_THERE);
    }
    context.history(forWhom.get()).budget().reserve(action.weight());
    return Accepted.byDefault();
  }

  private static ExchangeResponse refused(String text) {
    return new Refused(text);
  }

  /** The amount of a transfer as it was written, or what is wrong with it. */
  sealed interface Amount {
    record Good(BigDecimal value) implements Amount {}

    record Bad(String text) implements Amount {}

    /** Unlike an order's numbers, these may be written with an exponent (measured). */
    static Amount of(String text, int decimals) {
      if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")) {
        return new Bad("Invalid decimal number");
      }
      BigDecimal value = new BigDecimal(text);
      if (value.signum() == 0) {
        return new Bad("Send amount cannot be zero");
      }
      return value.stripTrailingZeros().scale() > decimals
          ? new Bad("Invalid number of decimals")
          : new Good(value);
    }

    default Optional<String> objection() {
      return switch (this) {
        case Good good -> Optional.empty();
        case Bad bad -> Optional.of(bad.text());
      };
    }

    /** Of a good one. */
    default BigDecimal orThrow() {
      return switch (this) {
        case Good good -> good.value();
        case Bad bad -> throw new IllegalStateException(bad.text());
      };
    }
  }
}
