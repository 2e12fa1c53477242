package io.twinleg.bench;

import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Keccak;
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
import java.util.concurrent.Callable;

/** One limit order, from its values to the signed body; and the signature alone. */
final class OrderRows {
  /** A key that is published with the vectors: it guards nothing. */
  static final byte[] SECRET =
      Hex.decode("0x0123456789012345678901234567890123456789012345678901234567890123");

  private static final String FLOOR = "libsecp256k1 sign_recoverable";

  private final Signer signer = Signer.of(SECRET);
  private final byte[] digest = Keccak.hash(SECRET);
  private long nonce = 1_764_000_000_000L;

  List<BenchRow> rows() {
    return List.of(
        new BenchRow(
            "order",
            "one limit order, values to signed JSON bytes",
            false,
            rounds -> Beside.measure(rounds, this::body, FLOOR, floor())),
        new BenchRow(
            "sign",
            "the signature with its recovery id",
            false,
            rounds -> Beside.measure(rounds, () -> signer.sign(next()), FLOOR, floor())),
        new BenchRow(
            "sign-recover",
            "the same where the signer is recovered for the id",
            false,
            rounds -> Beside.measure(rounds, recovering(), FLOOR, floor())));
  }

  /** The body of an order that was never sent before: each has another nonce. */
  byte[] body() {
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
            PlaceOrders.of(List.of(order)), nonce, Optional.empty(), OptionalLong.of(nonce + 2000))
        .sign(signer, Network.TESTNET)
        .bytes();
  }

  private Callable<Object> recovering() {
    SigningFloor library = library();
    return () -> library.signAndRecover(next());
  }

  private Callable<Object> floor() {
    SigningFloor library = library();
    return () -> library.sign(next());
  }

  private static SigningFloor library() {
    return SigningFloor.of(SECRET)
        .orElseThrow(() ->
            new IllegalStateException(
                "libsecp256k1 can be called alone from Java 22 on, where it has a build"));
  }

  private byte[] next() {
    digest[31]++;
    digest[(digest[31] & 0xff) % 31]++;
    return digest;
  }
}
