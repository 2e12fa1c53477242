package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.ErrorReply;
import io.hypercarry.protocol.aster.FundingInfo;
import io.hypercarry.protocol.aster.FundingRow;
import io.hypercarry.protocol.aster.FuturesAccount;
import io.hypercarry.protocol.aster.IncomeRow;
import io.hypercarry.protocol.aster.Json;
import io.hypercarry.protocol.aster.PositionRow;
import io.hypercarry.protocol.aster.PremiumIndex;
import io.hypercarry.venue.VenueFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Futures: positions, leverage, funding, and the switch that cancels when nobody is there. */
final class AsterPerpAdapter extends LegAdapter {
  private static final int PAGE = 1000;

  AsterPerpAdapter(Rest rest, AsterSettings settings, Commissions commissions) {
    super(Leg.PERP, rest, settings, commissions);
  }

  FuturesAccount account() {
    return FuturesAccount.read(told(Calls.account(Leg.PERP)));
  }

  /** A symbol without a row is flat. */
  List<PositionRow> positions() {
    return Json.list(told(Calls.allPositions()), PositionRow::read);
  }

  /** In hedge mode a closing order would open the other side. */
  void refuseHedgeMode() {
    if (told(Calls.positionMode()).path("dualSidePosition").asBoolean(false)) {
      throw new VenueFault(
          "the Aster account is in hedge mode: switch it to one-way mode (Preferences, Position"
              + " Mode) and start again",
          false);
    }
  }

  PremiumIndex premium(String symbol) {
    return PremiumIndex.read(told(Calls.premiumIndex(symbol)));
  }

  int fundingHours(String symbol) {
    return Json.oneOrMany(told(Calls.fundingInfo(symbol)), FundingInfo::read).stream()
        .filter(info -> info.symbol().equals(symbol))
        .map(FundingInfo::intervalHours)
        .findFirst()
        .orElse(FundingInfo.USUAL_HOURS);
  }

  /** Oldest first. */
  List<FundingRow> fundingRates(String symbol, Instant since) {
    List<FundingRow> all = new ArrayList<>();
    Instant from = since;
    List<FundingRow> page;
    do {
      page = Json.list(told(Calls.fundingRate(symbol, from, PAGE)), FundingRow::read);
      all.addAll(page);
      from = page.isEmpty() ? from : Instant.ofEpochMilli(page.getLast().time() + 1);
    } while (page.size() == PAGE);
    return all;
  }

  /** Positive: received. Oldest first. */
  List<IncomeRow> fundingIncome(String symbol, Instant since) {
    return Json.list(told(Calls.fundingIncome(symbol, since, PAGE)), IncomeRow::read);
  }

  int maxLeverage(String symbol) {
    return told(Calls.leverageBracket(symbol)).findValues("initialLeverage").stream()
        .mapToInt(each -> each.asInt())
        .max()
        .orElse(1);
  }

  /** What is so already counts as done. */
  Answer setLeverage(String symbol, int leverage, boolean cross) {
    Answer margin = ask(Calls.marginType(symbol, cross));
    boolean isSo =
        margin instanceof Answer.Refused refused
            && refused.error().code() == ErrorReply.MARGIN_TYPE_IS_SO;
    return isSo || margin instanceof Answer.Told ? ask(Calls.leverage(symbol, leverage)) : margin;
  }

  Answer countdown(String symbol, Duration time) {
    return ask(Calls.countdown(symbol, time));
  }
}
