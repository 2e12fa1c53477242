package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterJson.RowList;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.FundingInfo;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.IncomeRow;
import io.twinleg.wire.aster.PositionRow;
import io.twinleg.wire.aster.PremiumIndex;
import io.twinleg.wire.aster.SymbolRules;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Futures: positions, leverage, funding, and the countdown that cancels resting orders. */
final class AsterPerpAdapter extends AsterLegAdapter {
  private static final int PAGE = 1000;

  /** For a symbol without any settlement yet. */
  private static final int DEFAULT_HOURS = 8;

  private static final Duration SETTLEMENTS = Duration.ofDays(2);

  AsterPerpAdapter(
      RestClient rest,
      AsterSettings settings,
      Commissions commissions,
      VenueExecutor.Trouble trouble) {
    super(Leg.PERP, rest, settings, commissions, trouble);
  }

  FuturesAccount account(Predicate<String> symbols) {
    return FuturesAccount.read(require(ApiRequests.account(Leg.PERP)), symbols);
  }

  /** A symbol without a row is flat. */
  List<PositionRow> positions(Predicate<String> symbols) {
    return PositionRow.list(require(ApiRequests.allPositions()), symbols);
  }

  /** In hedge mode a closing order would open the other side. */
  void requireOneWayMode() {
    if (AsterJson.flag(require(ApiRequests.positionMode()), "dualSidePosition")) {
      throw new VenueException(
          "the Aster account is in hedge mode: switch it to one-way mode (Preferences, Position"
              + " Mode) and start again",
          false);
    }
  }

  /**
   * Whether it is said that other coins are collateral too: a venue without such a mode says no.
   */
  boolean isMultiAsset() {
    return call(ApiRequests.multiAssetMode()) instanceof ApiResult.Success answer
        && AsterJson.optionalText(answer.body(), "multiAssetsMargin")
            .filter(Boolean::parseBoolean)
            .isPresent();
  }

  PremiumIndex premium(String symbol) {
    PremiumIndex read = PremiumIndex.read(require(ApiRequests.premiumIndex(symbol)));
    requireOf(symbol, read.symbol());
    return read;
  }

  /** Of a symbol that {@code fundingInfo} omits: by the distance of its last settlements. */
  int fundingHours(String symbol, Instant now) {
    return FundingInfo.find(require(ApiRequests.fundingInfo(symbol)), symbol)
        .map(FundingInfo::intervalHours)
        .orElseGet(() -> hoursByRows(fundingRates(symbol, now.minus(SETTLEMENTS))));
  }

  private static int hoursByRows(List<AsterFundingRow> rows) {
    return AsterFundingRow.intervalHours(rows, rows.size() - 1, DEFAULT_HOURS);
  }

  /** Oldest first. */
  List<AsterFundingRow> fundingRates(String symbol, Instant since) {
    List<AsterFundingRow> all = new ArrayList<>();
    Instant from = since;
    List<AsterFundingRow> page;
    do {
      page =
          AsterJson.list(
              require(ApiRequests.fundingRate(symbol, from, PAGE)), AsterFundingRow::read);
      page.forEach(row -> requireOf(symbol, row.symbol()));
      all.addAll(page);
      Instant next =
          page.isEmpty() ? from : Instant.ofEpochMilli(page.getLast().time()).plusMillis(1);
      requireProgress(page.size() < PAGE || next.isAfter(from));
      from = next;
    } while (page.size() == PAGE);
    return all;
  }

  private static void requireOf(String symbol, String found) {
    if (!found.equals(symbol)) {
      throw MalformedMessage.schema("symbol is %s, not %s".formatted(found, symbol));
    }
  }

  /** Positive amounts are received. Oldest first; a row that is unreadable is reported. */
  RowList<IncomeRow> fundingIncome(String symbol, Instant since) {
    return income(
        ApiRequests.fundingIncome(symbol, since, PAGE),
        row -> row.type().equals(IncomeRow.FUNDING) && row.symbol().equals(symbol));
  }

  /** Transfers into this wallet (positive) and out of it; as {@link #fundingIncome} else. */
  RowList<IncomeRow> transferIncome(Instant since) {
    return income(
        ApiRequests.transferIncome(since, PAGE), row -> row.type().equals(IncomeRow.TRANSFER));
  }

  /** Of what is listed beside that which was requested nothing counts. */
  private RowList<IncomeRow> income(ApiRequest request, Predicate<IncomeRow> requested) {
    RowList<IncomeRow> rows = AsterJson.rows(require(request), row -> true, IncomeRow::read);
    report("aster income", rows.unreadable());
    return new RowList<>(rows.readable().stream().filter(requested).toList(), rows.unreadable());
  }

  /**
   * @param nonce null with V1, whose requests have none
   */
  ApiResult transfer(ApiRequest request, @Nullable OrderNonce nonce) {
    return nonce == null ? call(request) : call(request, nonce);
  }

  int maxLeverage(String symbol) {
    return SymbolRules.maxLeverage(require(ApiRequests.leverageBracket(symbol)), symbol);
  }

  /**
   * Whether the position, or the next one, is carried so; empty for a flat symbol without a row.
   */
  Optional<Boolean> isCarried(String symbol, int leverage, boolean cross) {
    return positions(symbol::equals).stream()
        .findFirst()
        .map(row -> row.leverage() == leverage && row.cross() == cross);
  }

  /** A margin type that is set already counts as success; either may be sent again. */
  ApiResult setLeverage(String symbol, int leverage, boolean cross) {
    ApiResult margin = call(ApiRequests.marginType(symbol, cross));
    boolean isSo =
        margin instanceof ApiResult.Rejected refused
            && refused.error().code() == ErrorReply.MARGIN_TYPE_IS_SO;
    return isSo || margin instanceof ApiResult.Success
        ? call(ApiRequests.leverage(symbol, leverage))
        : margin;
  }

  ApiResult countdown(String symbol, Duration time) {
    return call(ApiRequests.countdown(symbol, time));
  }
}
