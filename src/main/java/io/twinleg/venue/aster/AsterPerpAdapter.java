package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.FundingInfo;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.IncomeRow;
import io.twinleg.wire.aster.PositionRow;
import io.twinleg.wire.aster.PremiumIndex;
import io.twinleg.wire.aster.request.ApiRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Futures: positions, leverage, funding, and the countdown that cancels resting orders. */
final class AsterPerpAdapter extends AsterLegAdapter {
  private static final int PAGE = 1000;

  AsterPerpAdapter(RestClient rest, AsterSettings settings, Commissions commissions) {
    super(Leg.PERP, rest, settings, commissions);
  }

  FuturesAccount account() {
    return FuturesAccount.read(require(ApiRequests.account(Leg.PERP)));
  }

  /** A symbol without a row is flat. */
  List<PositionRow> positions() {
    return AsterJson.list(require(ApiRequests.allPositions()), PositionRow::read);
  }

  /** In hedge mode a closing order would open the other side. */
  void requireOneWayMode() {
    if (require(ApiRequests.positionMode()).path("dualSidePosition").asBoolean(false)) {
      throw new VenueException(
          "the Aster account is in hedge mode: switch it to one-way mode (Preferences, Position"
              + " Mode) and start again",
          false);
    }
  }

  PremiumIndex premium(String symbol) {
    return PremiumIndex.read(require(ApiRequests.premiumIndex(symbol)));
  }

  int fundingHours(String symbol) {
    return AsterJson.oneOrMany(require(ApiRequests.fundingInfo(symbol)), FundingInfo::read).stream()
        .filter(info -> info.symbol().equals(symbol))
        .map(FundingInfo::intervalHours)
        .findFirst()
        .orElse(FundingInfo.DEFAULT_HOURS);
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
      all.addAll(page);
      from = page.isEmpty() ? from : Instant.ofEpochMilli(page.getLast().time() + 1);
    } while (page.size() == PAGE);
    return all;
  }

  /** Positive amounts are received. Oldest first. */
  List<IncomeRow> fundingIncome(String symbol, Instant since) {
    return AsterJson.list(require(ApiRequests.fundingIncome(symbol, since, PAGE)), IncomeRow::read);
  }

  int maxLeverage(String symbol) {
    return require(ApiRequests.leverageBracket(symbol)).findValues("initialLeverage").stream()
        .mapToInt(leverage -> leverage.asInt())
        .max()
        .orElse(1);
  }

  /** A margin type that is set already counts as success. */
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
