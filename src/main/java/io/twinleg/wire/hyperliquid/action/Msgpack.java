package io.twinleg.wire.hyperliquid.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A tree of JSON in MessagePack, in the one form the venue hashes: the shortest header everywhere,
 * keys in the order given, and every whole number that is not negative in an unsigned family.
 */
public final class Msgpack implements CanonicalForm {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  private Msgpack() {}

  /**
   * @throws IllegalArgumentException if it holds a fraction: amounts travel as text
   */
  public static byte[] encode(JsonNode tree) {
    Msgpack packer = new Msgpack();
    packer.any(tree);
    return packer.out.toByteArray();
  }

  /** What the venue hashes of an action. */
  public static byte[] encode(L1Action action) {
    Msgpack packer = new Msgpack();
    action.write(packer);
    return packer.out.toByteArray();
  }

  @Override
  public Msgpack object(int fields) {
    header(fields, 0x80, 0xde);
    return this;
  }

  @Override
  public Msgpack array(int size) {
    header(size, 0x90, 0xdc);
    return this;
  }

  @Override
  public Msgpack end() {
    return this;
  }

  @Override
  public Msgpack key(String name) {
    return text(name);
  }

  @Override
  public Msgpack flag(boolean value) {
    out.write(value ? 0xc3 : 0xc2);
    return this;
  }

  @Override
  public Msgpack whole(long value) {
    if (value < 0) {
      negative(value);
    } else {
      unsigned(value, Long.SIZE - Long.numberOfLeadingZeros(value));
    }
    return this;
  }

  @Override
  public Msgpack tree(JsonNode value) {
    any(value);
    return this;
  }

  private void any(JsonNode node) {
    if (node.isObject()) {
      header(node.size(), 0x80, 0xde);
      node.properties().forEach(this::entry);
    } else if (node.isArray()) {
      header(node.size(), 0x90, 0xdc);
      node.values().forEach(this::any);
    } else if (node.isString()) {
      text(node.stringValue());
    } else if (node.isBoolean()) {
      flag(node.booleanValue());
    } else if (node.isNull()) {
      out.write(0xc0);
    } else if (node.isIntegralNumber()) {
      whole(node.bigIntegerValue());
    } else {
      throw new IllegalArgumentException("no fraction is ever hashed: " + node);
    }
  }

  private void entry(Map.Entry<String, JsonNode> entry) {
    text(entry.getKey());
    any(entry.getValue());
  }

  /** Of a map or an array: in one byte up to 15 elements, else in two or four more. */
  private void header(int size, int fixed, int wide) {
    if (size < 16) {
      out.write(fixed | size);
    } else if (size < 1 << 16) {
      out.write(wide);
      bytes(size, 2);
    } else {
      out.write(wide + 1);
      bytes(size, 4);
    }
  }

  @Override
  public Msgpack text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (utf8.length < 32) {
      out.write(0xa0 | utf8.length);
    } else if (utf8.length < 1 << 8) {
      out.write(0xd9);
      bytes(utf8.length, 1);
    } else if (utf8.length < 1 << 16) {
      out.write(0xda);
      bytes(utf8.length, 2);
    } else {
      out.write(0xdb);
      bytes(utf8.length, 4);
    }
    out.writeBytes(utf8);
    return this;
  }

  private void whole(BigInteger number) {
    if (number.signum() >= 0 ? number.bitLength() > 64 : number.bitLength() > 63) {
      throw new IllegalArgumentException("more than 64 bits: " + number);
    }
    if (number.signum() < 0) {
      negative(number.longValue());
    } else {
      unsigned(number.longValue(), number.bitLength());
    }
  }

  private void unsigned(long number, int bits) {
    if (bits <= 7) {
      out.write((int) number);
    } else {
      int width = width(bits);
      out.write(0xcc + Integer.numberOfTrailingZeros(width));
      bytes(number, width);
    }
  }

  private void negative(long number) {
    if (number >= -32) {
      out.write((int) number);
    } else {
      int width = width(65 - Long.numberOfLeadingZeros(~number));
      out.write(0xd0 + Integer.numberOfTrailingZeros(width));
      bytes(number, width);
    }
  }

  /** The fewest bytes of 1, 2, 4 and 8. */
  private static int width(int bits) {
    int width = 1;
    while (width * 8 < bits) {
      width *= 2;
    }
    return width;
  }

  private void bytes(long number, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      out.write((int) (number >>> shift));
    }
  }
}
