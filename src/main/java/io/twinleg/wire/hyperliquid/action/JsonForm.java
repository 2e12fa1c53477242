package io.twinleg.wire.hyperliquid.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** JSON text, compact: the body that is sent. */
final class JsonForm implements CanonicalForm {
  private static final IntPredicate PLAIN = c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\';

  private final StringBuilder out = new StringBuilder(512);

  /** What closes each level that is open, innermost last. */
  private final StringBuilder closing = new StringBuilder(8);

  private boolean needsComma;

  byte[] bytes() {
    return out.toString().getBytes(UTF_8);
  }

  @Override
  public JsonForm object(int fields) {
    return open('{', '}');
  }

  @Override
  public JsonForm array(int size) {
    return open('[', ']');
  }

  private JsonForm open(char opening, char close) {
    separate();
    out.append(opening);
    closing.append(close);
    needsComma = false;
    return this;
  }

  @Override
  public JsonForm end() {
    int last = closing.length() - 1;
    out.append(closing.charAt(last));
    closing.setLength(last);
    needsComma = true;
    return this;
  }

  @Override
  public JsonForm key(String name) {
    text(name);
    out.append(':');
    needsComma = false;
    return this;
  }

  @Override
  public JsonForm text(String value) {
    separate();
    if (isPlain(value)) {
      out.append('"').append(value).append('"');
    } else {
      out.append(HyperliquidJson.text(StringNode.valueOf(value)));
    }
    return this;
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!PLAIN.test(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public JsonForm whole(long value) {
    separate();
    out.append(value);
    return this;
  }

  @Override
  public JsonForm flag(boolean value) {
    separate();
    out.append(value);
    return this;
  }

  @Override
  public JsonForm tree(JsonNode value) {
    separate();
    out.append(HyperliquidJson.text(value));
    return this;
  }

  private void separate() {
    if (needsComma) {
      out.append(',');
    }
    needsComma = true;
  }
}
