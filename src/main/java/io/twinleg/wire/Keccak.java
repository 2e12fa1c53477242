package io.twinleg.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keccak-256 as Ethereum uses it: the padding begins with 01, where the later SHA-3 has 06, so the
 * JDK's own digest does not serve.
 */
public final class Keccak {
  private static final int RATE = 136;
  private static final int LANES = 25;
  private static final int ROUNDS = 24;

  /** By how much each lane is turned, in the order in which pi visits the lanes. */
  private static final int[] TURNS = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
  };

  private static final int[] VISITS = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
  };

  private static final long[] ROUND_CONSTANTS = roundConstants();

  private Keccak() {}

  /** Of all the parts, one after the other. */
  public static byte[] hash(byte[]... parts) {
    ByteBuffer message = padded(parts);
    long[] state = new long[LANES];
    while (message.hasRemaining()) {
      for (int lane = 0; lane < RATE / Long.BYTES; lane++) {
        state[lane] ^= message.getLong();
      }
      permute(state);
    }
    ByteBuffer digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    for (int lane = 0; lane < 4; lane++) {
      digest.putLong(state[lane]);
    }
    return digest.array();
  }

  private static ByteBuffer padded(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] padded = new byte[(length / RATE + 1) * RATE];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, padded, at, part.length);
      at += part.length;
    }
    padded[length] ^= 0x01;
    padded[padded.length - 1] ^= (byte) 0x80;
    return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void permute(long[] state) {
    for (int round = 0; round < ROUNDS; round++) {
      mixColumns(state);
      turnAndMove(state);
      mixRows(state);
      state[0] ^= ROUND_CONSTANTS[round];
    }
  }

  /** Theta: each lane takes in the parities of two neighbouring columns. */
  private static void mixColumns(long[] state) {
    long[] parity = new long[5];
    for (int lane = 0; lane < LANES; lane++) {
      parity[lane % 5] ^= state[lane];
    }
    for (int lane = 0; lane < LANES; lane++) {
      int column = lane % 5;
      state[lane] ^= parity[(column + 4) % 5] ^ Long.rotateLeft(parity[(column + 1) % 5], 1);
    }
  }

  /** Rho and pi in one walk. */
  private static void turnAndMove(long[] state) {
    long carried = state[1];
    for (int step = 0; step < VISITS.length; step++) {
      long next = state[VISITS[step]];
      state[VISITS[step]] = Long.rotateLeft(carried, TURNS[step]);
      carried = next;
    }
  }

  /** Chi: the only step that is not linear. */
  private static void mixRows(long[] state) {
    long[] row = new long[5];
    for (int start = 0; start < LANES; start += 5) {
      System.arraycopy(state, start, row, 0, 5);
      for (int column = 0; column < 5; column++) {
        state[start + column] = row[column] ^ (~row[(column + 1) % 5] & row[(column + 2) % 5]);
      }
    }
  }

  /** Iota's constants come from a shift register of eight bits; seven of its outputs make one. */
  private static long[] roundConstants() {
    long[] constants = new long[ROUNDS];
    int register = 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int bit = 0; bit < 7; bit++) {
        if ((register & 1) != 0) {
          constants[round] |= 1L << ((1 << bit) - 1);
        }
        register = (register & 0x80) == 0 ? register << 1 : (register << 1 ^ 0x71) & 0xff;
      }
    }
    return constants;
  }
}
