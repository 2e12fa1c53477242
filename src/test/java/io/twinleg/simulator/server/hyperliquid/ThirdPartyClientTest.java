package io.twinleg.simulator.server.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Quantity;
import io.twinleg.npm.NpmScript;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.FixtureF0;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Other people's code trades on our face: a public client of the venue from npm, with nothing
 * changed but the address it is given. What it reads must be what the exchange's own books say.
 */
class ThirdPartyClientTest {
  private static final Path PROGRAM = Path.of("src/test/npm");
  private static final int KEY = 7;

  @TempDir Path folder;

  @Test
  @DisplayName("an unmodified npm client places, modifies, lists, cancels and reads on our face")
  void anUnmodifiedClientTrades() throws Exception {
    NpmScript.assumePossible(true, "no third-party client was tried: apt-get install nodejs npm");
    try (ServerFixture server = new ServerFixture()) {
      HyperliquidTestClient account = server.client(KEY, "1000", "1000");
      Map<String, JsonNode> steps =
          new NpmScript(PROGRAM, "trade.mjs", folder, Duration.ofSeconds(180))
              .run(server.url(), key());
      AuditSnapshot books =
          server.onTheExchange(exchange -> exchange.audit(new AccountId(account.address())));

      assertThat(steps.get("ids").toString())
          .isEqualTo("{\"perp\":159,\"spot\":10107,\"coin\":\"@107\",\"token\":150}");
      assertThat(steps.get("placed").path("cloid").asString()).startsWith("0xabab");
      assertThat(steps.get("status").asString()).isEqualTo("open");
      assertThat(steps.get("open")).hasSize(1);
      assertThat(steps.get("open").get(0).path("sz").asString()).isEqualTo("2.0");
      assertThat(steps.get("left").asInt()).isZero();
      assertThat(steps.get("both").toString()).isEqualTo("[\"1\",\"1\"]");
      assertThat(steps.get("streamed").toString())
          .contains("update open", "update canceled", "update filled", "fill 1.0");
      assertThat(steps.get("refused").asString()).contains("minimum value of $10");
      assertThat(steps.get("fills")).hasSize(books.fills().size()).hasSize(2);
      agrees(steps, books);
    }
  }

  private static void agrees(Map<String, JsonNode> steps, AuditSnapshot books) {
    assertThat(amount(steps.get("balances"), "USDC", "total"))
        .isEqualTo(new Quantity(books.spotQuote().value()));
    assertThat(amount(steps.get("balances"), "HYPE", "total"))
        .isEqualTo(books.coins(FixtureF0.SPOT.id()));
    assertThat(amount(steps.get("positions"), "HYPE", "szi"))
        .isEqualTo(books.position(FixtureF0.PERP.id()));
  }

  private static Quantity amount(JsonNode rows, String coin, String field) {
    for (JsonNode row : rows) {
      if (row.path("coin").asString().equals(coin)) {
        return Quantity.of(row.path(field).asString());
      }
    }
    throw new AssertionError("no " + coin + " in " + rows);
  }

  /** As {@link HyperliquidTestClient} makes it. */
  private static String key() {
    return String.format("0x%064x", 0x100 + KEY);
  }
}
