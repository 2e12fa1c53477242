package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.Signature;
import io.twinleg.wire.Signer;
import io.twinleg.wire.SignerRecovery;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole request to {@code /exchange}: an action and its signature. */
public record Envelope(Unsigned unsigned, Signature signature) {
  private static final int HIGHEST_V = 255;

  /**
   * What is to be signed.
   *
   * @param vault the sub-account or vault that acts, in lower case
   * @param expiresAfter ms; the venue refuses the action later than that
   */
  public record Unsigned(
      Action action, long nonce, Optional<String> vault, OptionalLong expiresAfter) {
    /** For the signer's own account, without expiry. */
    public static Unsigned of(Action action, long nonce) {
      return new Unsigned(action, nonce, Optional.empty(), OptionalLong.empty());
    }

    /** The 32 bytes that are signed. */
    public byte[] digest(Network network) {
      return switch (action) {
        case L1Action trading ->
            L1Hash.digest(
                L1Hash.connectionId(Msgpack.encode(trading), nonce, vault, expiresAfter), network);
        case UserSigned moving -> moving.digest();
      };
    }

    public Envelope sign(Signer signer, Network network) {
      return new Envelope(this, signer.sign(digest(network)));
    }
  }

  public Action action() {
    return unsigned.action;
  }

  public long nonce() {
    return unsigned.nonce;
  }

  /** The signer in lower case; any changed byte yields another address. */
  public Optional<String> signer(Network network) {
    return SignerRecovery.address(unsigned.digest(network), signature);
  }

  /** The body to send, as a tree. */
  public ObjectNode json() {
    TreeForm form = new TreeForm();
    write(form);
    return form.object();
  }

  /** The body to send. */
  public byte[] bytes() {
    JsonForm form = new JsonForm();
    write(form);
    return form.bytes();
  }

  private void write(CanonicalForm form) {
    int optional = (unsigned.vault.isPresent() ? 1 : 0) + (expiresAfter().isPresent() ? 1 : 0);
    form.object(3 + optional).key("action");
    if (action() instanceof L1Action trading) {
      trading.write(form);
    } else {
      form.tree(action().json());
    }
    form.key("nonce").whole(nonce()).key("signature").object(3);
    form.key("r").text(signature.rHex()).key("s").text(signature.sHex());
    form.key("v").whole(signature.v()).end();
    if (unsigned.vault.isPresent()) {
      form.key("vaultAddress").text(unsigned.vault.get());
    }
    if (expiresAfter().isPresent()) {
      form.key("expiresAfter").whole(expiresAfter().getAsLong());
    }
    form.end();
  }

  private OptionalLong expiresAfter() {
    return unsigned.expiresAfter;
  }

  /**
   * Reads a body.
   *
   * @throws MalformedMessage as the venue responds to it
   */
  public static Envelope read(String body) {
    return read(HyperliquidJson.parseStrictly(body));
  }

  /** From a tree: a post over the WebSocket carries one. */
  public static Envelope read(JsonNode body) {
    StrictJson fields = new StrictJson(body);
    Envelope envelope =
        new Envelope(
            new Unsigned(
                Action.read(fields.node("action")),
                fields.number("nonce"),
                fields.optionalAddress("vaultAddress"),
                fields.optionalNumber("expiresAfter")),
            signature(fields.object("signature")));
    fields.done();
    return envelope;
  }

  private static Signature signature(StrictJson fields) {
    long v = fields.number("v");
    if (v > HIGHEST_V) {
      throw MalformedMessage.schema("v is one byte");
    }
    try {
      return Signature.of(fields.text("r"), fields.text("s"), (int) v);
    } catch (IllegalArgumentException e) {
      throw MalformedMessage.schema("r and s are hexadecimal");
    }
  }
}
