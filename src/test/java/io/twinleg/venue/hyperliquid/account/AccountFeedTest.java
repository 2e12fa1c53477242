package io.twinleg.venue.hyperliquid.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountMode;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccountFeedTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  private final List<String> requests = new ArrayList<>();
  private final List<Instant> published = new ArrayList<>();
  private Instant stated = NOW;
  private Runnable meanwhile = () -> {};
  private final AccountFeed feed = feed();

  private AccountFeed feed() {
    Deduplicator memory = new Deduplicator(() -> NOW);
    memory.start(NOW.minusSeconds(60));
    EventPublisher facts =
        new EventPublisher(
            WireMessages.legs(),
            new OrderCache(),
            memory,
            () -> NOW,
            (time, fact) -> {
              assertThat(fact).isInstanceOf(Event.AccountReported.class);
              published.add(time);
            });
    facts.finishStart();
    return new AccountFeed(
        WireMessages.IDENTITY.account(),
        AccountMode.CLASSIC,
        WireMessages.legs(),
        new OrderCache(),
        this::answer,
        facts,
        () -> NOW);
  }

  private JsonNode answer(ObjectNode question) {
    String type = question.path("type").asString();
    requests.add(type);
    meanwhile.run();
    return switch (type) {
      case "clearinghouseState" ->
          WireMessages.json(AccountStatesTest.PERP_TEXT.formatted(stated.toEpochMilli()));
      case "frontendOpenOrders" -> HyperliquidJson.array();
      default -> WireMessages.json("{'balances':[]}");
    };
  }

  @Test
  void aReportIsNoOlderThanTheVenuesTimeThoughOurClockIsBehind() {
    stated = NOW.plusMillis(700);
    feed.requestAndPublish();
    assertThat(published).containsExactly(NOW.plusMillis(700));
    assertThat(requests.indexOf("spotClearinghouseState"))
        .as("what has no time of its own is read before what has")
        .isLessThan(requests.indexOf("clearinghouseState"));
  }

  /** What one of the venue's machines still shows after another has shown a later state. */
  @Test
  void aRequestedStateThatIsOlderThanTheKnownOneIsNoAnswer() {
    stated = NOW.plusMillis(700);
    feed.requestAndPublish();
    stated = NOW.minusSeconds(20);
    assertThatThrownBy(feed::requestAndPublish)
        .isInstanceOfSatisfying(
            VenueException.class, late -> assertThat(late.isRetryable()).isTrue())
        .hasMessageContaining("20700 ms older");
    assertThat(published).hasSize(1);
    stated = NOW.plusMillis(701);
    feed.requestAndPublish();
    assertThat(published).hasSize(2);
  }

  /** The stream overtakes an answer that is on its way. */
  @Test
  void aRequestedStateThatIsALittleOlderIsTaken() {
    stated = NOW.plusMillis(700);
    feed.requestAndPublish();
    stated = NOW.minusSeconds(3);
    feed.requestAndPublish();
    assertThat(published).hasSize(2);
  }

  @Test
  void whereTheVenuesClockWasSetBackItsStatesAreTaken() {
    stated = NOW.plusMillis(700);
    feed.requestAndPublish();
    stated = NOW.minusSeconds(3600);
    feed.requestAndPublish();
    assertThat(published).hasSize(2);
  }

  @Test
  void ourOwnTimeStandsWhereItIsTheLater() {
    stated = NOW.minusMillis(700);
    feed.requestAndPublish();
    assertThat(published).containsExactly(NOW);
  }

  @Test
  void aStateIsRequestedAgainWhenAFillArrivesMeanwhile() {
    List<Long> fills = new ArrayList<>(List.of(5L));
    meanwhile =
        () -> {
          if (!fills.isEmpty()) {
            feed.onAccountChange(fills.removeFirst());
          }
        };
    feed.requestAndPublish();
    assertThat(published).hasSize(1);
    assertThat(requests).filteredOn("clearinghouseState"::equals).hasSize(2);
  }
}
