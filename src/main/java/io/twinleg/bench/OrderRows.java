package io.twinleg.bench;

import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.wire.Keccak;
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
  private static final String FLOOR = "libsecp256k1 sign_recoverable";

  private final SigningFloor library = library();
  private final byte[] digest = Keccak.hash();
  private long nonce = 1_764_000_000_000L;

  List<BenchRow> rows() {
    return List.of(
        new BenchRow(
            "order",
            "one limit order, values to signed JSON bytes",
            false,
            rounds -> Beside.measure(rounds, this::body, FLOOR, floor())),
        new BenchRow(
            "sign-recover",
            "a signature whose id is found by recovering the signer",
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
    Envelope.Unsigned unsigned =
        new Envelope.Unsigned(
            PlaceOrders.of(List.of(order)), nonce, Optional.empty(), OptionalLong.of(nonce + 2000));
    return new Envelope(unsigned, library.signature(unsigned.digest(Network.TESTNET))).bytes();
  }

  private Callable<Object> recovering() {
    return () -> library.signAndRecover(next());
  }

  private Callable<Object> floor() {
    return () -> library.sign(next());
  }

  private static SigningFloor library() {
    return SigningFloor.load()
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
