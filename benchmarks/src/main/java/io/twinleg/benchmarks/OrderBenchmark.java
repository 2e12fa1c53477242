package io.twinleg.benchmarks;

import io.twinleg.wire.Hex;
import io.twinleg.wire.Keccak;
import io.twinleg.wire.Signature;
import io.twinleg.wire.Signer;
import io.twinleg.wire.SigningFloor;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One limit order, values to signed bytes; its parts; and the floor under it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderBenchmark {
  private static final byte[] SECRET =
      Hex.decode("0x0123456789012345678901234567890123456789012345678901234567890123");

  private final Signer signer = Signer.of(SECRET);
  private final SigningFloor floor = SigningFloor.load().orElseThrow();
  private byte[] digest = Keccak.hash(SECRET);
  private long nonce = 1_764_000_000_000L;

  private Envelope.Unsigned next() {
    OrderWire order =
        new OrderWire(
            10_107,
            (nonce & 1) == 0,
            BigDecimal.valueOf(3_429_000 + nonce % 1000, 5),
            BigDecimal.valueOf(1_250 + nonce % 97, 2),
            false,
            new OrderKind.Limit(OrderKind.Tif.IOC),
            Optional.of("0x5a17c0de0000000000000000000000aa"));
    nonce++;
    return new Envelope.Unsigned(
        PlaceOrders.of(List.of(order)), nonce, Optional.empty(), OptionalLong.of(nonce + 2000));
  }

  @Benchmark
  public byte[] order() {
    return next().sign(signer, Network.TESTNET).bytes();
  }

  @Benchmark
  public byte[] orderDigest() {
    return next().digest(Network.TESTNET);
  }

  @Benchmark
  public Signature sign() {
    digest[0]++;
    return signer.sign(digest);
  }

  @Benchmark
  public Signature signAndRecover() {
    digest[0]++;
    return floor.signAndRecover(digest);
  }

  @Benchmark
  public byte[] signRecoverableInC() {
    digest[0]++;
    return floor.sign(digest);
  }
}
