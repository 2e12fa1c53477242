package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.market.synthetic.SyntheticWorld;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.HmacKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The Aster server on a free port, with a member of either generation. */
public final class AsterServerFixture implements AutoCloseable {
  public static final HmacKey KEY = new HmacKey("the-key", "the-secret");
  public static final Signer WALLET =
      Signer.of(Hex.decode("0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1"));

  private final Exchange exchange;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final ExchangeLoop paced;
  private final AsterServer face;

  public AsterServerFixture(int speed) {
    this(speed, FaultHook.SOUND);
  }

  public AsterServerFixture(int speed, FaultHook wire) {
    this(speed, wire, Map.of());
  }

  public AsterServerFixture(int speed, FaultHook wire, Map<InstrumentId, Integer> intervals) {
    this(speed, wire, intervals, Duration.ZERO);
  }

  /**
   * @param ahead of this machine's clock
   */
  public AsterServerFixture(
      int speed, FaultHook wire, Map<InstrumentId, Integer> intervals, Duration ahead) {
    this(
        synthetic(Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS), intervals),
        speed,
        wire);
  }

  private static Exchange synthetic(Instant start, Map<InstrumentId, Integer> intervals) {
    Exchange exchange =
        new Exchange(
            AsterInstruments.instruments(),
            AsterInstruments.FEES,
            new SyntheticWorld(7, AsterInstruments.markets(), start),
            intervals);
    exchange.advanceTo(start);
    return exchange;
  }

  /** On an exchange with a world of the test's own. */
  public AsterServerFixture(Exchange exchange, int speed) {
    this(exchange, speed, FaultHook.SOUND);
  }

  private AsterServerFixture(Exchange exchange, int speed, FaultHook wire) {
    this.exchange = exchange;
    paced = new ExchangeLoop(exchange, BigDecimal.valueOf(speed), broken::set);
    face = new AsterServer(paced, wire);
    face.fund(KEY, Usd.of("1000"), Usd.of("1000"));
    face.fund(WALLET.address(), Usd.of("1000"), Usd.of("1000"));
    face.start(0);
  }

  public String url() {
    return "http://127.0.0.1:" + face.port();
  }

  public AsterServer face() {
    return face;
  }

  public Exchange exchange() {
    return exchange;
  }

  /** So that both members have something to sell. */
  public void giveCoins() {
    paced.call(exchange -> {
      for (ApiVersion each : ApiVersion.values()) {
        exchange
            .admin()
            .depositCoins(account(each), AsterInstruments.ASTER.id(Leg.SPOT), Quantity.of("1000"));
      }
      return exchange;
    });
  }

  /** As the exchange knows it. */
  public AccountState state(ApiVersion generation) {
    return paced.call(exchange -> exchange.account(account(generation)));
  }

  /** As another client of the same account would. */
  public void cancelAll(ApiVersion generation) {
    paced.call(exchange -> {
      for (AccountState.OpenOrder order : exchange.account(account(generation)).openOrders()) {
        exchange
            .admin()
            .executeManually(
                account(generation),
                new Request.Cancel(order.clientOrderId().orElseThrow(), order.instrument()));
      }
      return exchange;
    });
  }

  public AuditSnapshot books(ApiVersion generation) {
    return paced.call(exchange -> exchange.audit(account(generation)));
  }

  private static AccountId account(ApiVersion generation) {
    return AsterServer.account(generation == ApiVersion.V1 ? KEY.apiKey() : WALLET.address());
  }

  @Override
  public void close() {
    face.close();
    paced.close();
    if (broken.get() != null) {
      throw new IllegalStateException("the exchange came to a halt", broken.get());
    }
  }
}
