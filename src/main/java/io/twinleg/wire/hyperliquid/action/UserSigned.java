package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.TypedData;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Money and permissions: signed field by field, so that a wallet can show what is signed, and by
 * the account's own key only.
 *
 * @param chainId {@code signatureChainId}, any
 * @param values of the fields that are signed, in the order of the kind: a String, a Long or a
 *     Boolean each
 */
public record UserSigned(Kind kind, String chainId, Map<String, Object> values) implements Action {
  /** What wallets on Arbitrum have. */
  public static final String ARBITRUM = "0xa4b1";

  private static final String CHAIN = "hyperliquidChain";

  public UserSigned {
    values = new LinkedHashMap<>(values);
    if (!chainId.matches("0x[0-9a-fA-F]{1,16}")) {
      throw MalformedMessage.schema("signatureChainId is not hexadecimal");
    }
  }

  /** Each with the type of its fields, in the order in which they are signed. */
  public enum Kind {
    USD_SEND("usdSend", "UsdSend", "string destination,string amount,uint64 time"),
    WITHDRAW("withdraw3", "Withdraw", "string destination,string amount,uint64 time"),
    SPOT_SEND("spotSend", "SpotSend", "string destination,string token,string amount,uint64 time"),
    USD_CLASS_TRANSFER(
        "usdClassTransfer", "UsdClassTransfer", "string amount,bool toPerp,uint64 nonce"),
    SEND_ASSET(
        "sendAsset",
        "SendAsset",
        "string destination,string sourceDex,string destinationDex,string token,string amount,"
            + "string fromSubAccount,uint64 nonce"),
    APPROVE_AGENT(
        "approveAgent", "ApproveAgent", "address agentAddress,string agentName,uint64 nonce"),
    APPROVE_BUILDER_FEE(
        "approveBuilderFee", "ApproveBuilderFee", "string maxFeeRate,address builder,uint64 nonce"),
    SET_ABSTRACTION(
        "userSetAbstraction", "UserSetAbstraction", "address user,string abstraction,uint64 nonce"),
    DEX_ABSTRACTION(
        "userDexAbstraction", "UserDexAbstraction", "address user,bool enabled,uint64 nonce"),
    PORTFOLIO_MARGIN(
        "userPortfolioMargin", "UserPortfolioMargin", "address user,bool enabled,uint64 nonce"),
    TOKEN_DELEGATE(
        "tokenDelegate",
        "TokenDelegate",
        "address validator,uint64 wei,bool isUndelegate,uint64 nonce"),
    STAKING_DEPOSIT("cDeposit", "CDeposit", "uint64 wei,uint64 nonce"),
    STAKING_WITHDRAW("cWithdraw", "CWithdraw", "uint64 wei,uint64 nonce"),
    CONVERT_TO_MULTI_SIG(
        "convertToMultiSigUser", "ConvertToMultiSigUser", "string signers,uint64 nonce"),
    LINK_STAKING("linkStakingUser", "LinkStakingUser", "address user,bool isFinalize,uint64 nonce");

    private final String type;
    private final String suffix;
    private final Map<String, String> fields = new LinkedHashMap<>();

    Kind(String type, String suffix, String fields) {
      this.type = type;
      this.suffix = suffix;
      this.fields.put(CHAIN, "string");
      for (String field : fields.split(",", -1)) {
        int space = field.indexOf(' ');
        this.fields.put(field.substring(space + 1), field.substring(0, space));
      }
    }

    static Kind of(String type) {
      return Arrays.stream(values())
          .filter(kind -> kind.type.equals(type))
          .findFirst()
          .orElseThrow(() -> MalformedMessage.schema("no such action: " + type));
    }

    /** The field that must repeat the envelope's nonce. */
    public String nonceField() {
      return fields.containsKey("time") ? "time" : "nonce";
    }
  }

  /** The values in the kind's order, the network's name left out. */
  public static UserSigned of(Kind kind, Network network, Object... values) {
    Map<String, Object> named = new LinkedHashMap<>();
    List<String> keys = List.copyOf(kind.fields.keySet());
    named.put(CHAIN, network.chain());
    for (int i = 1; i < keys.size(); i++) {
      named.put(keys.get(i), values[i - 1]);
    }
    return new UserSigned(kind, ARBITRUM, named);
  }

  static UserSigned read(Kind kind, StrictJson fields) {
    Map<String, Object> values = new LinkedHashMap<>();
    kind.fields.forEach((key, type) -> values.put(key, value(fields, key, type)));
    return new UserSigned(kind, fields.text("signatureChainId"), values);
  }

  /** An agent without a name signs an empty one, and sends none. */
  private static Object value(StrictJson fields, String key, String type) {
    return switch (type) {
      case "bool" -> fields.flag(key);
      case "uint64" -> fields.number(key);
      case "address" -> fields.address(key);
      default -> key.equals("agentName") ? fields.optionalText(key).orElse("") : fields.text(key);
    };
  }

  @Override
  public String type() {
    return kind.type;
  }

  /** {@code Mainnet} or {@code Testnet}; another word is a mistake that the venue names. */
  public Optional<Network> network() {
    return Arrays.stream(Network.values())
        .filter(network -> network.chain().equals(text(CHAIN)))
        .findFirst();
  }

  /** The nonce or time within the action, which must be the envelope's. */
  public long nonce() {
    return number(kind.nonceField());
  }

  public String text(String field) {
    return (String) value(field);
  }

  public long number(String field) {
    return (Long) value(field);
  }

  public boolean flag(String field) {
    return (Boolean) value(field);
  }

  private Object value(String field) {
    return Optional.ofNullable(values.get(field))
        .orElseThrow(() -> new IllegalArgumentException(type() + " has no " + field));
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = HyperliquidJson.object();
    action.put("type", type()).put("signatureChainId", chainId);
    values.forEach((key, value) -> put(action, key, value));
    return action;
  }

  private static void put(ObjectNode action, String key, Object value) {
    switch (value) {
      case Boolean flag -> action.put(key, flag);
      case Long number -> action.put(key, number);
      case String text when key.equals("agentName") && text.isEmpty() -> {}
      case String text -> action.put(key, text);
      default -> throw new IllegalArgumentException(key + " holds a " + value.getClass());
    }
  }

  /** What is signed. */
  public byte[] digest() {
    List<TypedData.Member> members = new ArrayList<>();
    kind.fields.forEach((key, type) -> members.add(new TypedData.Member(key, type, value(key))));
    return new TypedData(domain(chainId), "HyperliquidTransaction:" + kind.suffix, members)
        .digest();
  }

  public static TypedData.Domain domain(String chainId) {
    BigInteger id = new BigInteger(chainId.substring(2), 16);
    return new TypedData.Domain("HyperliquidSignTransaction", "1", id, TypedData.NO_CONTRACT);
  }
}
