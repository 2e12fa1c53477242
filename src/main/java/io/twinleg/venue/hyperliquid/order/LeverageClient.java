package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.event.Event;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.ActiveAsset;
import io.twinleg.wire.hyperliquid.account.PerpAccount.Leverage;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A change of leverage until its outcome is known. Sent twice it changes nothing, so a lost
 * response leads to the same bytes again, and to a request for the leverage that holds.
 */
public final class LeverageClient {
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SigningIdentity identity;
  private final HyperliquidInstrumentMap legs;
  private final ExchangeApi exchange;
  private final InfoApi info;
  private final EventPublisher events;
  private final Executor background;
  private final Executor later;

  /**
   * @param background runs what waits for a response, {@code later} what is tried again after a
   *     pause
   */
  public LeverageClient(
      SigningIdentity identity,
      HyperliquidInstrumentMap legs,
      ExchangeApi line,
      InfoApi info,
      EventPublisher events,
      Executor background,
      Executor later) {
    this.identity = identity;
    this.legs = legs;
    this.exchange = line;
    this.info = info;
    this.events = events;
    this.background = background;
    this.later = later;
  }

  void onReply(SetLeverage set, byte[] body, ExchangeReply reply) {
    onReply(set, body, reply, 1);
  }

  private void onReply(SetLeverage set, byte[] body, ExchangeReply reply, int attempt) {
    switch (reply) {
      case ExchangeReply.Received received when received.isOk() -> publish(set, true, "ok");
      case ExchangeReply.Received received when received.isDuplicateNonce() ->
          background.execute(() -> requestLeverage(set));
      case ExchangeReply.Received received -> publish(set, false, received.refusal());
      case ExchangeReply.Lost lost when attempt < ATTEMPTS ->
          exchange.post(body, TIMEOUT, next -> onReply(set, body, next, attempt + 1));
      case ExchangeReply.Lost lost -> background.execute(() -> requestLeverage(set));
    }
  }

  /** What holds may be requested again and again: no answer is no refusal. */
  private void requestLeverage(SetLeverage set) {
    Leverage held;
    String coin = legs.of(set.instrument()).coin();
    try {
      held =
          info.request(
              HyperliquidJson.object()
                  .put("type", "activeAssetData")
                  .put("user", identity.account())
                  .put("coin", coin),
              answer -> ActiveAsset.leverage(answer, coin));
    } catch (VenueException failure) {
      askAgain(set, String.valueOf(failure.getMessage()));
      return;
    } catch (MalformedMessage unreadable) {
      askAgain(set, unreadable.detail());
      return;
    }
    publish(
        set,
        held.value() == set.leverage() && held.isCross() == set.cross(),
        "the venue has " + (held.isCross() ? "cross " : "isolated ") + held.value());
  }

  private void askAgain(SetLeverage set, String why) {
    events.unreadable().report("activeAssetData", why);
    later.execute(() -> background.execute(() -> requestLeverage(set)));
  }

  private void publish(SetLeverage set, boolean accepted, String response) {
    events.publish(
        new Event.LeverageResult(
            set.instrument(), set.leverage(), set.cross(), accepted, response));
  }
}
