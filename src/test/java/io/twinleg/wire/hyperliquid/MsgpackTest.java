package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.wire.hyperliquid.action.Msgpack;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.ObjectNode;

/** Against an independent packer, which also writes the shortest form. */
class MsgpackTest {
  @Test
  void agreesWithTheOracleOnAnyTree() throws Exception {
    long seed = System.nanoTime();
    System.out.println("MsgpackTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      assertSame(tree(random, 0));
    }
  }

  @Test
  void agreesWithTheOracleWhereTheWidthChanges() throws Exception {
    for (int bits = 0; bits <= 64; bits++) {
      for (int off = -1; off <= 1; off++) {
        BigInteger number = BigInteger.ONE.shiftLeft(bits).add(BigInteger.valueOf(off));
        if (number.bitLength() <= 64) {
          assertSame(BigIntegerNode.valueOf(number));
        }
        if (number.negate().bitLength() <= 63) {
          assertSame(BigIntegerNode.valueOf(number.negate()));
        }
      }
    }
    for (int length : new int[] {0, 15, 16, 17, 31, 32, 33, 255, 256, 257, 65_535, 65_536}) {
      assertSame(
          HyperliquidJson.array().add("é".repeat(length / 2) + "a".repeat(length % 2)).path(0));
      assertSame(list(length));
      assertSame(map(length));
    }
  }

  @Test
  void aFractionAndMoreThan64BitsAreRefused() {
    assertThatThrownBy(() -> Msgpack.encode(HyperliquidJson.parse("{\"p\":1.5}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Msgpack.encode(HyperliquidJson.parse("18446744073709551616")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertSame(JsonNode tree) throws IOException {
    try (MessageBufferPacker oracle = MessagePack.newDefaultBufferPacker()) {
      pack(oracle, tree);
      assertThat(Msgpack.encode(tree)).isEqualTo(oracle.toByteArray());
    }
  }

  private static void pack(MessageBufferPacker oracle, JsonNode node) throws IOException {
    if (node.isObject()) {
      oracle.packMapHeader(node.size());
      for (var entry : node.properties()) {
        oracle.packString(entry.getKey());
        pack(oracle, entry.getValue());
      }
    } else if (node.isArray()) {
      oracle.packArrayHeader(node.size());
      for (JsonNode element : node.values()) {
        pack(oracle, element);
      }
    } else if (node.isString()) {
      oracle.packString(node.stringValue());
    } else if (node.isBoolean()) {
      oracle.packBoolean(node.booleanValue());
    } else if (node.isNull()) {
      oracle.packNil();
    } else {
      oracle.packBigInteger(node.bigIntegerValue());
    }
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> HyperliquidJson.array().add("x".repeat(random.nextInt(300))).path(0);
      case 1 -> BigIntegerNode.valueOf(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)));
      case 2 -> HyperliquidJson.array().add(random.nextBoolean()).path(0);
      case 3 -> HyperliquidJson.object().nullNode();
      case 4 -> {
        ArrayNode list = HyperliquidJson.array();
        for (int i = random.nextInt(20); i > 0; i--) {
          list.add(tree(random, depth + 2));
        }
        yield list;
      }
      default -> {
        ObjectNode map = HyperliquidJson.object();
        for (int i = random.nextInt(20); i > 0; i--) {
          map.set("key" + random.nextInt(1000), tree(random, depth + 2));
        }
        yield map;
      }
    };
  }

  private static ArrayNode list(int length) {
    ArrayNode list = HyperliquidJson.array();
    for (int i = 0; i < length; i++) {
      list.add(i);
    }
    return list;
  }

  private static ObjectNode map(int size) {
    ObjectNode map = HyperliquidJson.object();
    for (int i = 0; i < size; i++) {
      map.put("k" + i, i);
    }
    return map;
  }
}
