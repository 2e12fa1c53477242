package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets agents sign for an account, and takes their right away. */
final class AgentHandler {
  private static final String ZERO_ADDRESS = "0x" + "0".repeat(40);
  private static final Pattern UNTIL = Pattern.compile("(.*?) ?valid_until ([0-9]{1,15})");
  private static final long LASTS_MS = Duration.ofDays(90).toMillis();
  private static final long LASTS_AT_MOST_MS = Duration.ofDays(180).toMillis();

  private final ServerContext context;

  AgentHandler(ServerContext context) {
    this.context = context;
  }

  ExchangeResponse approve(AccountId master, UserSigned action) {
    long now = context.exchange().now().toEpochMilli();
    HyperliquidAccountRegistry.Agent agent =
        agent(
            master,
            HyperliquidAccountRegistry.lower(action.text("agentAddress")),
            action.text("agentName"),
            now);
    if (agent.address().equals(ZERO_ADDRESS)) {
      context.accounts().remove(master, agent.name());
      return Accepted.byDefault();
    }
    Optional<String> objection = objection(agent, now);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    context.accounts().approve(agent);
    return Accepted.byDefault();
  }

  /** The end of an agent's right is part of its name. */
  private static HyperliquidAccountRegistry.Agent agent(
      AccountId master, String address, String text, long now) {
    Matcher until = UNTIL.matcher(text);
    return until.matches()
        ? new HyperliquidAccountRegistry.Agent(
            address, until.group(1), master, Optional.of(Long.parseLong(until.group(2))))
        : new HyperliquidAccountRegistry.Agent(address, text, master, Optional.of(now + LASTS_MS));
  }

  /** 0.001% is one tenth of a basis point, the unit in which orders name it. */
  ExchangeResponse approveBuilder(AccountId account, UserSigned action) {
    String rate = action.text("maxFeeRate");
    if (!rate.matches("[0-9]{1,3}(\\.[0-9]{1,9})?%")) {
      return new Refused("Invalid decimal number");
    }
    BigDecimal percent = new BigDecimal(rate.substring(0, rate.length() - 1));
    context
        .history(account)
        .approveBuilder(
            HyperliquidAccountRegistry.lower(action.text("builder")),
            percent.movePointRight(3).longValue());
    return Accepted.byDefault();
  }

  private Optional<String> objection(HyperliquidAccountRegistry.Agent agent, long now) {
    long until = agent.validUntil().orElseThrow();
    if (until <= now) {
      return Optional.of("Agent valid_until already expired.");
    }
    if (until > now + LASTS_AT_MOST_MS) {
      return Optional.of("Agent valid_until is too far in the future.");
    }
    return isUsed(agent)
        ? Optional.of("Extra agent already used.")
        : Optional.of("Too many extra agents.").filter(text -> isOneTooMany(agent));
  }

  /** By another account, under another name, or as an account of its own. */
  private boolean isUsed(HyperliquidAccountRegistry.Agent agent) {
    HyperliquidAccountRegistry accounts = context.accounts();
    boolean other =
        accounts
            .agent(agent.address())
            .filter(known -> !known.master().equals(agent.master()) || !sameName(known, agent))
            .isPresent();
    return other || accounts.find(agent.address()).isPresent();
  }

  private static boolean sameName(
      HyperliquidAccountRegistry.Agent one, HyperliquidAccountRegistry.Agent other) {
    return one.name().equals(other.name());
  }

  private boolean isOneTooMany(HyperliquidAccountRegistry.Agent agent) {
    long others =
        context.accounts().agents(agent.master()).stream()
            .filter(known -> !known.name().isEmpty() && !sameName(known, agent))
            .count();
    return !agent.name().isEmpty() && others >= HyperliquidAccountRegistry.NAMED_AGENTS_MAX;
  }
}
