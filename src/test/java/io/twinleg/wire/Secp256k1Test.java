package io.twinleg.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** C's engine and Java's give the same bytes; what both give is checked where vectors are. */
class Secp256k1Test {
  private static final String SECRET =
      "0x0123456789012345678901234567890123456789012345678901234567890123";
  private static final Secp256k1 JAVA = new BouncyCastleSecp256k1();

  @Test
  void bothEnginesSignAndRecoverAlike() {
    long seed = System.nanoTime();
    System.out.println("EnginesTest seed " + seed);
    Random random = new Random(seed);
    List<Secp256k1> engines = engines();
    for (int i = 0; i < 200; i++) {
      byte[] secret = bytes(random);
      byte[] digest = bytes(random);
      Signature first = Signer.of(JAVA, secret).sign(digest);
      String address = Signer.of(JAVA, secret).address();
      assertThat(first.s()).isLessThanOrEqualTo(Secp256k1.HALF_ORDER);
      for (Secp256k1 engine : engines) {
        assertThat(Signer.of(engine, secret).address()).isEqualTo(address);
        assertThat(Signer.of(engine, secret).sign(digest)).isEqualTo(first);
        assertThat(SignerRecovery.address(engine, digest, first)).contains(address);
      }
    }
  }

  @Test
  void bothEnginesJudgeAForeignSignatureAlike() {
    long seed = System.nanoTime();
    System.out.println("EnginesTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Signature any =
          new Signature(
              new BigInteger(256, random), new BigInteger(256, random), 26 + random.nextInt(4));
      byte[] digest = bytes(random);
      for (Secp256k1 engine : engines()) {
        assertThat(SignerRecovery.address(engine, digest, any))
            .isEqualTo(SignerRecovery.address(JAVA, digest, any));
      }
    }
  }

  /** Where Java can call C without the binding, no signer has to be recovered for the id. */
  @Test
  void theLibraryGivesTheRecoveryIdWhereJavaCanCallIt() {
    Assumptions.assumeTrue(Runtime.version().feature() >= 22, "needs Java 22");
    Secp256k1 library = NativeSecp256k1.load().orElseThrow();
    Set<Byte> ids = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      ids.add(library.sign(Keccak.hash(new byte[i]), Hex.decode(SECRET))[64]);
    }
    assertThat(ids).containsExactly((byte) 0, (byte) 1);
  }

  @Test
  void noSignerIsRecoveredFromZeros() {
    for (Secp256k1 engine : engines()) {
      Signature zero = new Signature(BigInteger.ZERO, BigInteger.ONE, 27);
      assertThat(SignerRecovery.address(engine, new byte[32], zero)).isEmpty();
    }
  }

  @Test
  void aSignerShowsItsAddressAndNothingElse() {
    Signer signer = Signer.of(Hex.decode(SECRET));
    assertThat(signer.address()).isEqualTo("0x14791697260e4c9a71f18484c9f997b308e59325");
    assertThat(signer).hasToString("Signer[0x14791697260e4c9a71f18484c9f997b308e59325]");
  }

  @Test
  void wipingTheArrayASignerWasMadeFromDoesNotTouchTheSigner() {
    byte[] secret = Hex.decode(SECRET);
    Signer signer = Signer.of(secret);
    Signature before = signer.sign(new byte[32]);
    Arrays.fill(secret, (byte) 0);
    assertThat(signer.sign(new byte[32])).isEqualTo(before);
  }

  @Test
  void whatIsNoSecretIsRefusedWithoutBeingShown() {
    byte[] order = Signature.word(Secp256k1.ORDER);
    assertThatThrownBy(() -> Signer.of(order))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("baaedce6");
    assertThatThrownBy(() -> Hex.decode(SECRET + "x")).message().doesNotContain("0123");
  }

  @Test
  void keccakAgreesWithBouncyCastleAtEveryLengthAroundABlock() {
    for (int length = 0; length < 300; length++) {
      byte[] message = "k".repeat(length).getBytes(StandardCharsets.UTF_8);
      KeccakDigest oracle = new KeccakDigest(256);
      oracle.update(message, 0, length);
      byte[] expected = new byte[32];
      oracle.doFinal(expected, 0);
      assertThat(Keccak.hash(message)).isEqualTo(expected);
    }
  }

  /** Java's alone where C's cannot be loaded. */
  private static List<Secp256k1> engines() {
    List<Secp256k1> engines = new ArrayList<>(List.of(JAVA));
    NativeSecp256k1.load()
        .map(NativeSecp256k1.class::cast)
        .ifPresent(library -> engines.addAll(List.of(library, library.withoutRecoveryId())));
    return engines;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    bytes[0] &= 0x7f;
    return bytes;
  }
}
