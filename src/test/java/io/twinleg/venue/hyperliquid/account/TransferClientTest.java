package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.ManualExchangeApi;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.hyperliquid.order.SigningStamp;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.action.Envelope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TransferClientTest {
  private static final long NOW = 1_764_000_000_000L;
  private static final Command.TransferCollateral TO_PERP =
      new Command.TransferCollateral(7, Usd.of("199.4"), Leg.SPOT);
  private static final String OK = "{'status':'ok','response':{'type':'default'}}";
  private static final String DUPLICATE =
      "{'status':'err','response':'Invalid nonce: duplicate nonce 1764000000000'}";

  private final ManualExchangeApi line = new ManualExchangeApi();
  private final List<Event> published = new ArrayList<>();
  private JsonNode ledger = HyperliquidJson.array();

  private TransferClient client(SigningIdentity identity, AccountMode mode) {
    Deduplicator memory = new Deduplicator(() -> Instant.ofEpochMilli(NOW));
    memory.start(Instant.ofEpochMilli(NOW - 1000));
    EventPublisher facts =
        new EventPublisher(
            WireMessages.legs(),
            new OrderCache(),
            memory,
            () -> Instant.ofEpochMilli(NOW),
            (time, fact) -> published.add(fact));
    facts.finishStart();
    return new TransferClient(
        identity,
        mode,
        new NonceSource(() -> Instant.ofEpochMilli(NOW)),
        line,
        question -> ledger,
        facts,
        () -> Instant.ofEpochMilli(NOW),
        BigDecimal.ONE,
        Runnable::run);
  }

  private static SigningIdentity agentOf(String account) {
    return SigningIdentity.ofAccount(
        account, WireMessages.IDENTITY.signer(), WireMessages.IDENTITY.network());
  }

  private static final SigningIdentity AGENT = agentOf("0x" + "cd".repeat(20));
  private static final SigningIdentity OWNER = agentOf(WireMessages.IDENTITY.signer().address());

  private TransferClient sent(SigningIdentity identity) {
    TransferClient client = client(identity, AccountMode.CLASSIC);
    PreparedCommand prepared = client.prepare(TO_PERP);
    client.send(TO_PERP, SigningStamp.parse(prepared.envelope()).orElseThrow());
    return client;
  }

  private void assertPublished(Outcome outcome) {
    assertThat(published).hasSize(1);
    assertThat(published.getFirst()).isInstanceOf(Event.TransferResult.class);
    assertThat(((Event.TransferResult) published.getFirst()).outcome()).isEqualTo(outcome);
  }

  @Test
  void anAgentMovesItWithinTheAccountAndUntilACertainTime() {
    sent(AGENT);
    JsonNode body = line.last().body();
    JsonNode action = body.path("action");
    assertThat(line.last().type()).isEqualTo("agentSendAsset");
    assertThat(action.path("destination").asString()).isEqualTo(AGENT.account());
    assertThat(action.path("sourceDex").asString()).isEqualTo("spot");
    assertThat(action.path("destinationDex").asString()).isEmpty();
    assertThat(action.path("amount").asString()).isEqualTo("199.4");
    assertThat(action.path("nonce").asLong()).isEqualTo(body.path("nonce").asLong());
    assertThat(body.path("expiresAfter").asLong()).isEqualTo(NOW + 5000);
    assertThat(Envelope.read(HyperliquidJson.text(body)).signer(AGENT.network()))
        .contains(AGENT.signer().address());
  }

  @Test
  void theOwnerSignsItFieldByField() {
    sent(OWNER);
    JsonNode body = line.last().body();
    assertThat(line.last().type()).isEqualTo("usdClassTransfer");
    assertThat(body.path("action").path("toPerp").asBoolean()).isTrue();
    assertThat(body.has("expiresAfter")).isFalse();
    assertThat(Envelope.read(HyperliquidJson.text(body)).signer(OWNER.network()))
        .contains(OWNER.account());
  }

  @Test
  void theResponseIsPublished() {
    sent(AGENT);
    line.last().answer(OK);
    assertPublished(Outcome.MOVED);
  }

  @Test
  void aRejectionIsPublished() {
    sent(AGENT);
    line.last().answer("{'status':'err','response':'Insufficient balance for withdrawal.'}");
    assertPublished(Outcome.REFUSED);
  }

  @Test
  void aLostResponsePublishesNothing() {
    sent(AGENT);
    line.last().lose();
    assertThat(published).isEmpty();
  }

  @Test
  void aNonceThatCouldBeUsedUpProvesThatItNeverLands() {
    TransferClient client = sent(AGENT);
    long nonce = line.last().nonce();
    line.last().lose();
    client.confirm(new Command.ConfirmTransfer(7));
    assertThat(line.last().type()).isEqualTo("noop");
    assertThat(line.last().nonce()).isEqualTo(nonce);
    line.last().answer(OK);
    assertPublished(Outcome.NEVER_LANDED);
  }

  @Test
  void aProcessedTransferIsFoundInTheLedger() {
    TransferClient client = sent(AGENT);
    line.last().lose();
    ledger =
        json(
            "[{'time':1764000000100,'hash':'0x1','delta':"
                + "{'type':'accountClassTransfer','usdc':'199.4','toPerp':true}}]");
    client.confirm(new Command.ConfirmTransfer(7));
    line.last().answer(DUPLICATE);
    assertPublished(Outcome.MOVED);
  }

  @Test
  void whatWasJudgedAndIsNotInTheLedgerWasRefused() {
    TransferClient client = sent(AGENT);
    line.last().lose();
    ledger =
        json(
            "[{'time':1764000000100,'hash':'0x1','delta':"
                + "{'type':'accountClassTransfer','usdc':'199.4','toPerp':false}}]");
    client.confirm(new Command.ConfirmTransfer(7));
    line.last().answer(DUPLICATE);
    assertPublished(Outcome.REFUSED);
  }

  /** A process was killed between journalling and sending, or before the response arrived. */
  @Test
  void aReplayedTransferIsConfirmedByItsJournalledNonce() {
    PreparedCommand written = client(AGENT, AccountMode.CLASSIC).prepare(TO_PERP);
    SigningStamp stamp = SigningStamp.parse(written.envelope()).orElseThrow();
    TransferClient later = client(AGENT, AccountMode.CLASSIC);
    later.restore(TO_PERP, stamp);
    later.confirm(new Command.ConfirmTransfer(7));
    assertThat(line.last().nonce()).isEqualTo(stamp.nonce());
    line.last().answer(OK);
    assertPublished(Outcome.NEVER_LANDED);
  }

  @Test
  void thereIsNothingToMoveInAPoolOrForAVault() {
    assertThat(client(AGENT, AccountMode.CLASSIC).canMove()).isTrue();
    assertThat(client(AGENT, AccountMode.UNIFIED).canMove()).isFalse();
    SigningIdentity vault =
        SigningIdentity.ofVault(AGENT.account(), AGENT.signer(), AGENT.network());
    assertThat(client(vault, AccountMode.CLASSIC).canMove()).isFalse();
  }
}
