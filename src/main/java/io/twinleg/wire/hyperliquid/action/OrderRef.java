package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** An order, by the venue's number or by our own id. */
public sealed interface OrderRef {
  JsonNode json();

  record Oid(long oid) implements OrderRef {
    @Override
    public JsonNode json() {
      return LongNode.valueOf(oid);
    }
  }

  record ByCloid(String cloid) implements OrderRef {
    public ByCloid {
      cloid = normalCloid(cloid);
    }

    @Override
    public JsonNode json() {
      return StringNode.valueOf(cloid);
    }
  }

  /** A number or text, under this key. */
  static OrderRef read(StrictJson fields, String key) {
    return fields.node(key).isString()
        ? new ByCloid(fields.text(key))
        : new Oid(fields.number(key));
  }

  /** A client order id in the form that is hashed: 0x and 32 hexadecimal digits in lower case. */
  static String normalCloid(String text) {
    if (text.length() != 34 || !text.startsWith("0x")) {
      throw notACloid();
    }
    boolean isLower = true;
    for (int i = 2; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (!HexFormat.isHexDigit(digit)) {
        throw notACloid();
      }
      isLower &= digit < 'A' || digit > 'F';
    }
    return isLower ? text : text.toLowerCase(Locale.ROOT);
  }

  private static MalformedMessage notACloid() {
    return MalformedMessage.schema("a cloid is 0x and 32 hexadecimal digits");
  }
}
