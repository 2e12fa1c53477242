package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.Rows;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code spotMeta}: tokens, and the pairs they make. Both are named by their index, which is not
 * their place in the list.
 */
public record SpotMeta(List<Token> tokens, List<Pair> universe) {
  public static final int FIRST_ASSET = 10_000;

  /** Prices have what sizes leave of these. */
  private static final int SIZE_DECIMALS_MAX = 8;

  private static final int LARGEST_INDEX = 1_000_000_000;

  public SpotMeta {
    tokens = List.copyOf(tokens);
    universe = List.copyOf(universe);
  }

  /**
   * @param sizeDecimals of the lot, {@code weiDecimals} of a balance
   * @param fullName "Unit Bitcoin": distinguishes a bridged token from another one of the same name
   * @param evmContract opaque
   */
  public record Token(
      String name,
      int sizeDecimals,
      int weiDecimals,
      long index,
      String tokenId,
      boolean isCanonical,
      Optional<JsonNode> evmContract,
      Optional<String> fullName,
      Optional<String> deployerTradingFeeShare) {

    static Token read(JsonNode node) {
      return new Token(
          LenientJson.text(node, "name"),
          LenientJson.within(node, "szDecimals", 0, SIZE_DECIMALS_MAX),
          (int) LenientJson.numberOr(node, "weiDecimals", 8),
          LenientJson.number(node, "index"),
          node.path("tokenId").asString(""),
          LenientJson.flag(node, "isCanonical"),
          node.optional("evmContract").filter(contract -> !contract.isNull()),
          LenientJson.optionalText(node, "fullName"),
          LenientJson.optionalText(node, "deployerTradingFeeShare"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      node.put("name", name).put("szDecimals", sizeDecimals).put("weiDecimals", weiDecimals);
      node.put("index", index).put("tokenId", tokenId).put("isCanonical", isCanonical);
      node.set("evmContract", evmContract.orElseGet(node::nullNode));
      LenientJson.putTextOrNull(node, "fullName", fullName);
      deployerTradingFeeShare.ifPresent(share -> node.put("deployerTradingFeeShare", share));
      return node;
    }
  }

  /**
   * @param name "PURR/USDC" or "@107", as everywhere on the wire
   * @param base a token's index, as {@code quote} is
   */
  public record Pair(String name, long base, long quote, long index, boolean isCanonical) {
    static Pair read(JsonNode node) {
      JsonNode tokens = node.path("tokens");
      return new Pair(
          LenientJson.text(node, "name"),
          index(tokens, 0),
          index(tokens, 1),
          LenientJson.within(node, "index", 0, LARGEST_INDEX),
          LenientJson.flag(node, "isCanonical"));
    }

    private static long index(JsonNode tokens, int place) {
      if (!tokens.path(place).canConvertToLong()) {
        throw MalformedMessage.schema("tokens are not two numbers");
      }
      return tokens.path(place).longValue();
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      node.set("tokens", HyperliquidJson.array().add(base).add(quote));
      return node.put("name", name).put("index", index).put("isCanonical", isCanonical);
    }

    /** What an action names it by. */
    public long assetId() {
      return FIRST_ASSET + index;
    }
  }

  public Optional<Token> token(long index) {
    return tokens.stream().filter(token -> token.index == index).findFirst();
  }

  public Optional<Pair> pair(String name) {
    return universe.stream().filter(pair -> pair.name.equals(name)).findFirst();
  }

  /** Without the tokens and pairs that cannot be read. */
  public static SpotMeta readWhatCanBe(JsonNode node) {
    return new SpotMeta(
        Rows.of(node.path("tokens"), row -> true, Token::read).read(),
        Rows.of(node.path("universe"), row -> true, Pair::read).read());
  }

  public static SpotMeta read(JsonNode node) {
    return new SpotMeta(
        LenientJson.list(node.path("tokens"), Token::read),
        LenientJson.list(node.path("universe"), Pair::read));
  }

  public ObjectNode json() {
    ObjectNode node = HyperliquidJson.object();
    node.set("universe", LenientJson.array(universe, Pair::json));
    node.set("tokens", LenientJson.array(tokens, Token::json));
    return node;
  }
}
