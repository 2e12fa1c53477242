package io.twinleg.venue.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which pair a name stands for, once a journal has resolved it. */
class PinnedDataClientTest {
  private static final SpotMeta TOKENS =
      SpotMeta.readWhatCanBe(
          JsonMapper.shared()
              .readTree(
                  """
                  {"tokens":[
                    {"name":"USDC","szDecimals":8,"weiDecimals":8,"index":0,"tokenId":"0x00","isCanonical":true},
                    {"name":"HYPE","szDecimals":2,"weiDecimals":8,"index":150,"tokenId":"0x0d","isCanonical":false}],
                   "universe":[{"name":"@107","tokens":[150,0],"index":107,"isCanonical":false}]}
                  """));

  private final List<MarketSymbols> requested = new ArrayList<>();
  private final HyperliquidInstrumentMap legs = new HyperliquidInstrumentMap();
  private final PinnedDataClient client =
      new PinnedDataClient(
          new DataClient() {
            @Override
            public Pair resolve(MarketSymbols names) {
              requested.add(names);
              return new Pair(WireMessages.SPOT, WireMessages.PERP);
            }

            @Override
            public List<FundingHour> fundingHistory(Instrument perp, int hours) {
              return List.of();
            }

            @Override
            public void subscribe(Instrument instrument, Usd clip) {}
          },
          legs,
          () -> TOKENS);

  private Optional<Integer> indexOf(Optional<Integer> configured, String spot) {
    client.resolve(
        new MarketSymbols(
            WireMessages.HYPE, spot, "HYPE", configured, Optional.empty(), BigDecimal.ONE));
    return requested.getLast().spotIndex();
  }

  private void journalHas() {
    legs.pin(
        new Event.InstrumentsResolved(WireMessages.HYPE, 0, WireMessages.SPOT, WireMessages.PERP));
  }

  @Test
  void aNewJournalResolvesByName() {
    assertThat(indexOf(Optional.empty(), "HYPE/USDC")).isEmpty();
  }

  @Test
  void whatTheJournalResolvedIsRequestedByItsIndexSoThatANamesakeChangesNothing() {
    journalHas();
    assertThat(indexOf(Optional.empty(), "HYPE/USDC")).contains(107);
  }

  @Test
  void theConfigurationsOwnIndexOrAnotherNameComesFirst() {
    journalHas();
    assertThat(indexOf(Optional.of(232), "HYPE/USDC")).contains(232);
    assertThat(indexOf(Optional.empty(), "UHYPE/USDC")).isEmpty();
  }
}
