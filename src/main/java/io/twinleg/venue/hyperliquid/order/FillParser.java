package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/**
 * Fills, funding payments and transfers, from the records that streams and queries share. Records
 * of other coins are skipped. Pure.
 */
public final class FillParser {
  private final HyperliquidInstrumentMap legs;
  private final LongFunction<Optional<ClientOrderId>> idsByOid;

  /**
   * @param idsByOid the client order id of an order id, for records that leave it out
   */
  FillParser(HyperliquidInstrumentMap legs, LongFunction<Optional<ClientOrderId>> idsByOid) {
    this.legs = legs;
    this.idsByOid = idsByOid;
  }

  /** Empty for a coin that is not traded here, and for an empty record. */
  Optional<Fill> fill(JsonNode record) {
    return legs.ofCoin(record.path("coin").asString(""))
        .filter(leg -> decimal(record, "sz").signum() > 0 && decimal(record, "px").signum() > 0)
        .map(leg -> fill(leg, record));
  }

  private Fill fill(HyperliquidLegAdapter leg, JsonNode record) {
    long oid = record.path("oid").asLong();
    return new Fill(
        cloid(record).or(() -> idsByOid.apply(oid)),
        leg.instrument().id(),
        record.path("side").asString("").equals("B") ? Side.BUY : Side.SELL,
        Price.of(decimal(record, "px")),
        new Quantity(decimal(record, "sz")),
        new Fee(decimal(record, "fee"), leg.feeToken(record.path("feeToken").asString(""))),
        !record.path("crossed").asBoolean(true),
        oid,
        record.path("tid").asLong(),
        Instant.ofEpochMilli(record.path("time").asLong()),
        origin(record));
  }

  /**
   * A liquidation takes; the maker of its counterpart receives the same record, but was not
   * liquidated.
   */
  private static FillOrigin origin(JsonNode record) {
    String direction = record.path("dir").asString("");
    boolean took = record.path("crossed").asBoolean(true);
    if (direction.equals("Auto-Deleveraging")) {
      return FillOrigin.DELEVERAGING;
    }
    return direction.startsWith("Liquidated") || (took && record.path("liquidation").isObject())
        ? FillOrigin.LIQUIDATION
        : FillOrigin.ORDER;
  }

  public static Optional<ClientOrderId> cloid(JsonNode record) {
    String text = record.path("cloid").asString("").toLowerCase(Locale.ROOT);
    return text.matches("0x[0-9a-f]{32}") ? Optional.of(new ClientOrderId(text)) : Optional.empty();
  }

  /** Streams write payments flat, responses wrap them in a delta. */
  Optional<FundingPayment> funding(JsonNode record) {
    JsonNode delta = record.has("delta") ? record.path("delta") : record;
    Instant time = Instant.ofEpochMilli(record.path("time").asLong());
    return legs.ofCoin(delta.path("coin").asString(""))
        .map(leg ->
            new FundingPayment(
                leg.instrument().id(),
                time,
                new Usd(decimal(delta, "usdc")),
                new Quantity(decimal(delta, "szi")),
                Rate.hourly(decimal(delta, "fundingRate"))));
  }

  public static BigDecimal decimal(JsonNode record, String field) {
    String text = record.path(field).asString("");
    return text.isBlank() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  /**
   * What a row of the non-funding ledger brought into the account, negative what it took out. Zero
   * for a move between the account's own wallets, and for an unknown type.
   */
  static Usd transferred(JsonNode delta, String account) {
    BigDecimal usdc = decimal(delta, "usdc");
    return new Usd(
        switch (delta.path("type").asString("")) {
          case "deposit", "vaultDistribution", "rewardsClaim" -> usdc;
          case "withdraw" -> usdc.add(decimal(delta, "fee")).negate();
          case "vaultDeposit", "vaultCreate" -> usdc.negate();
          case "vaultWithdraw" -> decimal(delta, "netWithdrawnUsd");
          case "internalTransfer", "subAccountTransfer" -> between(delta, account, usdc);
          case "spotTransfer", "send" -> between(delta, account, decimal(delta, "usdcValue"));
          default -> BigDecimal.ZERO;
        });
  }

  private static BigDecimal between(JsonNode delta, String account, BigDecimal amount) {
    boolean from = delta.path("user").asString("").equalsIgnoreCase(account);
    boolean to = delta.path("destination").asString("").equalsIgnoreCase(account);
    if (from == to) {
      return BigDecimal.ZERO;
    }
    return to ? amount : amount.add(decimal(delta, "fee")).negate();
  }
}
