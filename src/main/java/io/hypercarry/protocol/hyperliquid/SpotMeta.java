package io.hypercarry.protocol.hyperliquid;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code spotMeta}: tokens, and the pairs they make. Both are named by their index, which is not
 * their place in the list.
 */
public record SpotMeta(List<Token> tokens, List<Pair> universe) {
  private static final long FIRST_ASSET = 10_000;

  public SpotMeta {
    tokens = List.copyOf(tokens);
    universe = List.copyOf(universe);
  }

  /**
   * @param sizeDecimals of the lot, {@code weiDecimals} of a balance
   * @param fullName "Unit Bitcoin": what tells a bridged token from one that only bears its name
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
          Tree.text(node, "name"),
          (int) Tree.number(node, "szDecimals"),
          (int) Tree.number(node, "weiDecimals"),
          Tree.number(node, "index"),
          node.path("tokenId").asString(""),
          Tree.flag(node, "isCanonical"),
          node.optional("evmContract").filter(contract -> !contract.isNull()),
          Tree.optionalText(node, "fullName"),
          Tree.optionalText(node, "deployerTradingFeeShare"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      node.put("name", name).put("szDecimals", sizeDecimals).put("weiDecimals", weiDecimals);
      node.put("index", index).put("tokenId", tokenId).put("isCanonical", isCanonical);
      node.set("evmContract", evmContract.orElseGet(node::nullNode));
      Tree.putTextOrNull(node, "fullName", fullName);
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
          Tree.text(node, "name"),
          tokens.path(0).longValue(),
          tokens.path(1).longValue(),
          Tree.number(node, "index"),
          Tree.flag(node, "isCanonical"));
    }

    ObjectNode json() {
      ObjectNode node = Json.object();
      node.set("tokens", Json.array().add(base).add(quote));
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

  public static SpotMeta read(JsonNode node) {
    return new SpotMeta(
        Tree.list(node.path("tokens"), Token::read), Tree.list(node.path("universe"), Pair::read));
  }

  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("universe", Tree.array(universe, Pair::json));
    node.set("tokens", Tree.array(tokens, Token::json));
    return node;
  }
}
