package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.protocol.hyperliquid.AgentSendAsset;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Refused;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Taken;
import io.hypercarry.protocol.hyperliquid.UserSigned;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves money between an account's wallets, and says who may sign for it. */
final class WalletDesk {
  private static final ExchangeAnswer DONE = Taken.byDefault();
  private static final String SPOT = "spot";
  private static final Pattern VALID_UNTIL = Pattern.compile("(.*?) ?valid_until (\\d+)");
  private static final String NOBODY = "0x" + "0".repeat(40);
  private static final int DECIMALS = 6;

  private final Exchange exchange;
  private final Members members;
  private final Books books;

  WalletDesk(Exchange exchange, Members members, Books books) {
    this.exchange = exchange;
    this.members = members;
    this.books = books;
  }

  ExchangeAnswer execute(AccountId account, UserSigned action) {
    return switch (action.kind()) {
      case USD_CLASS_TRANSFER ->
          move(account, action.text("amount"), action.flag("toPerp") ? Leg.SPOT : Leg.PERP);
      case SEND_ASSET ->
          send(
              account,
              action.text("destination"),
              action.text("sourceDex"),
              action.text("destinationDex"),
              action.text("token"),
              action.text("amount"));
      case APPROVE_AGENT -> approve(account, action.text("agentAddress"), action.text("agentName"));
      case APPROVE_BUILDER_FEE -> approveBuilder(account, action);
      case USD_SEND -> pass(account, action.text("destination"), action.text("amount"), Leg.PERP);
      case SPOT_SEND ->
          Universe.isQuote(action.text("token"))
              ? pass(account, action.text("destination"), action.text("amount"), Leg.SPOT)
              : new Refused("Unknown token " + action.text("token"));
      default -> new Refused("Our exchange does not offer " + action.type());
    };
  }

  // ---- between the account's own wallets

  ExchangeAnswer send(AccountId account, AgentSendAsset action) {
    if (!Members.lower(action.destination()).equals(account.name())) {
      return new Refused("Agent can only send asset to same user or their sub-accounts.");
    }
    return send(
        account,
        action.destination(),
        action.sourceDex(),
        action.destinationDex(),
        action.token(),
        action.amount());
  }

  private ExchangeAnswer send(
      AccountId account, String to, String source, String target, String token, String amount) {
    if (!Universe.isQuote(token)) {
      return new Refused("Unknown token " + token);
    }
    if (source.equals(target) || !isWallet(source) || !isWallet(target)) {
      return new Refused(
          isWallet(source) && isWallet(target) ? "Invalid send" : "Invalid perp DEX");
    }
    if (!Members.lower(to).equals(account.name())) {
      return pass(account, to, amount, source.equals(SPOT) ? Leg.SPOT : Leg.PERP);
    }
    return move(account, amount, source.equals(SPOT) ? Leg.SPOT : Leg.PERP);
  }

  private static boolean isWallet(String dex) {
    return dex.isEmpty() || dex.equals(SPOT);
  }

  private ExchangeAnswer move(AccountId account, String text, Leg from) {
    Optional<BigDecimal> amount = amount(text);
    if (amount.isEmpty()) {
      return new Refused("Invalid decimal number");
    }
    if (!exchange.backOffice().move(account, new Usd(amount.get()), from)) {
      return new Refused("Insufficient balance for withdrawal.");
    }
    books.of(account).moved(amount.get(), from == Leg.SPOT);
    return DONE;
  }

  private static Optional<BigDecimal> amount(String text) {
    if (!text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(text);
    return Optional.of(amount).filter(found -> found.stripTrailingZeros().scale() <= DECIMALS);
  }

  // ---- to somebody else here

  private ExchangeAnswer pass(AccountId account, String to, String text, Leg wallet) {
    Optional<BigDecimal> amount = amount(text);
    Optional<AccountId> receiver = members.find(to);
    if (amount.isEmpty()) {
      return new Refused("Invalid decimal number");
    }
    if (amount.get().signum() == 0) {
      return new Refused("Send amount cannot be zero");
    }
    if (receiver.isEmpty() || receiver.get().equals(account)) {
      return new Refused("Invalid send");
    }
    Usd sum = new Usd(amount.get());
    AccountState state = exchange.account(account);
    Usd free = wallet == Leg.SPOT ? state.freeForSpot() : state.freeForPerp();
    if (sum.exceeds(free)) {
      return new Refused("Insufficient balance for token transfer");
    }
    exchange.backOffice().deposit(account, sum.negated(), wallet);
    exchange.backOffice().deposit(receiver.get(), sum, wallet);
    return DONE;
  }

  // ---- who may sign

  private ExchangeAnswer approve(AccountId account, String address, String called) {
    Matcher dated = VALID_UNTIL.matcher(called);
    boolean hasDate = dated.matches();
    String name = hasDate ? dated.group(1) : called;
    Optional<Long> until = hasDate ? Optional.of(Long.parseLong(dated.group(2))) : Optional.empty();
    if (address.equals(NOBODY)) {
      members.remove(account, name);
      return DONE;
    }
    if (until.filter(time -> time <= exchange.now().toEpochMilli()).isPresent()) {
      return new Refused("Agent valid_until already expired.");
    }
    if (members.actsFor(address).isPresent() || members.formerMaster(address).isPresent()) {
      return new Refused("Extra agent already used.");
    }
    long others =
        members.named(account).stream().filter(agent -> !agent.name().equals(name)).count();
    if (!name.isEmpty() && others >= Members.NAMED_AGENTS_MAX) {
      return new Refused("Too many extra agents.");
    }
    members.approve(new Members.Agent(Members.lower(address), name, account, until));
    return DONE;
  }

  /** {@code 0.001%} is one tenth of a basis point, the unit in which the venue answers. */
  private ExchangeAnswer approveBuilder(AccountId account, UserSigned action) {
    String rate = action.text("maxFeeRate");
    if (!rate.matches("\\d{1,3}(\\.\\d{1,9})?%")) {
      return new Refused("Invalid decimal number");
    }
    BigDecimal tenths =
        new BigDecimal(rate.substring(0, rate.length() - 1)).movePointRight(DECIMALS / 2);
    books.of(account).approveBuilder(Members.lower(action.text("builder")), tenths.longValue());
    return DONE;
  }
}
