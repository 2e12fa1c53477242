package io.twinleg.wire.hyperliquid.account;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code spotClearinghouseState}: what of each token is there, and what of it resting orders hold.
 */
public record HyperliquidSpotAccount(List<Balance> balances) {
  public HyperliquidSpotAccount {
    balances = List.copyOf(balances);
  }

  /**
   * @param coin the token's name; "+..." for an outcome, which has no {@code token}
   * @param hold of an account with portfolio margin less what could be borrowed; {@code spotHold},
   *     where it is given, is what is really reserved
   * @param entryNotional what was paid for it
   * @param borrowed contained in the total, and not the user's
   */
  public record Balance(
      String coin,
      Optional<Long> token,
      BigDecimal total,
      BigDecimal hold,
      BigDecimal entryNotional,
      @Nullable BigDecimal spotHold,
      @Nullable BigDecimal borrowed) {

    public Optional<BigDecimal> reserve() {
      return Optional.ofNullable(spotHold);
    }

    public BigDecimal borrowedOrZero() {
      return borrowed != null ? borrowed : BigDecimal.ZERO;
    }

    public BigDecimal free() {
      return total.subtract(hold);
    }

    static Balance read(JsonNode node) {
      return new Balance(
          LenientJson.text(node, "coin"),
          LenientJson.optionalNumber(node, "token"),
          LenientJson.decimal(node, "total"),
          LenientJson.decimal(node, "hold"),
          LenientJson.decimalOrZero(node, "entryNtl"),
          LenientJson.optionalDecimal(node, "spotHold").orElse(null),
          LenientJson.optionalDecimal(node, "borrowed").orElse(null));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object().put("coin", coin);
      token.ifPresent(index -> node.put("token", index));
      LenientJson.put(node, "total", total);
      LenientJson.put(node, "hold", hold);
      LenientJson.put(node, "entryNtl", entryNotional);
      reserve().ifPresent(amount -> LenientJson.put(node, "spotHold", amount));
      if (borrowed != null) {
        LenientJson.put(node, "borrowed", borrowed);
      }
      return node;
    }
  }

  public Optional<Balance> ofToken(long token) {
    return balances.stream()
        .filter(balance -> balance.token.filter(index -> index == token).isPresent())
        .findFirst();
  }

  public Optional<Balance> of(String coin) {
    return balances.stream().filter(balance -> balance.coin.equals(coin)).findFirst();
  }

  public static HyperliquidSpotAccount read(JsonNode node) {
    return new HyperliquidSpotAccount(LenientJson.list(node.path("balances"), Balance::read));
  }

  /**
   * The balances of these tokens; others are passed over, whatever they say, as long as they say
   * which token they are of.
   *
   * @param names of these tokens, which may be those of others too
   * @throws MalformedMessage where a balance may be of one of these and cannot be read: left out it
   *     would look like none
   */
  public static HyperliquidSpotAccount read(
      JsonNode node, Predicate<Long> tokens, Predicate<String> names) {
    List<JsonNode> wanted =
        LenientJson.list(node.path("balances"), Function.identity()).stream()
            .filter(row -> isOneOf(row, tokens, names))
            .toList();
    return new HyperliquidSpotAccount(wanted.stream().map(HyperliquidSpotAccount::own).toList());
  }

  private static boolean isOneOf(JsonNode row, Predicate<Long> tokens, Predicate<String> names) {
    JsonNode token = row.path("token");
    boolean isRead = token.isIntegralNumber() && token.canConvertToLong();
    return isRead
        ? tokens.test(token.longValue())
        : LenientJson.optionalText(row, "coin").filter(names.negate()).isEmpty();
  }

  private static Balance own(JsonNode row) {
    long token = LenientJson.number(row, "token");
    Balance balance = Balance.read(row);
    if (token != 0 && balance.total().signum() < 0) {
      throw MalformedMessage.schema("total is below zero");
    }
    return balance;
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.set("balances", LenientJson.array(balances, Balance::json));
    return node;
  }
}
