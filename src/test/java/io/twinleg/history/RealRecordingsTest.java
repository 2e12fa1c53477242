package io.twinleg.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FundingHour;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The traps of the real recordings, as listed in their INDEX.md. */
class RealRecordingsTest {
  @Test
  void bitcoinWasPaidEveryEightHoursUntilTheEighthOfJune() {
    RecordedFunding btc = RecordingFiles.real().funding("BTC");
    Instant change = Instant.parse("2023-06-08T00:00:00Z");
    for (FundingHour row : btc.settlements()) {
      assertThat(row.rate().periodHours()).isEqualTo(row.hour().isAfter(change) ? 1 : 8);
    }
    for (String missing :
        List.of("2023-07-02T20:00:00Z", "2023-08-23T20:00:00Z", "2024-08-15T13:00:00Z")) {
      assertThat(btc.at(Instant.parse(missing))).isEmpty();
    }
    assertThat(btc.settlements()).hasSize(18_778);
  }

  @Test
  void everyRecordingIsReadable() {
    HistoryArchive archive = RecordingFiles.real();
    assertThat(archive.spotCoins()).hasSize(7);
    assertThat(archive.perpCoins()).hasSize(186);
    archive.spotCoins().forEach(archive::spot);
    for (String coin : archive.perpCoins().subList(0, 40)) {
      archive.perp(coin);
      archive.funding(coin);
    }
  }
}
