package io.twinleg.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * EIP-712 for structures without nesting, which are all that the venues sign.
 *
 * @param primaryType the structure's name
 * @param members in the order in which the type declares them
 */
public record TypedData(Domain domain, String primaryType, List<Member> members) {
  public static final String NO_CONTRACT = "0x0000000000000000000000000000000000000000";

  public TypedData {
    members = List.copyOf(members);
  }

  /** The domain that a signature is valid for. */
  public record Domain(String name, String version, BigInteger chainId, String contract) {
    /** The hash of the domain, which every digest under it begins with. */
    public byte[] separator() {
      return struct(
          "EIP712Domain",
          List.of(
              new Member("name", "string", name),
              new Member("version", "string", version),
              new Member("chainId", "uint256", chainId),
              new Member("verifyingContract", "address", contract)));
    }
  }

  /**
   * One field.
   *
   * @param type string, bytes, bytes32, address, bool, or an unsigned integer (uint64, uint256 ..)
   * @param value a String; a byte[] for bytes and bytes32; a Boolean; a Long or BigInteger
   */
  public record Member(String name, String type, Object value) {
    private byte[] encoded() {
      return switch (type) {
        case "string" -> Keccak.hash(((String) value).getBytes(UTF_8));
        case "bytes" -> Keccak.hash((byte[]) value);
        case "bytes32" -> whole((byte[]) value);
        case "address" -> Signature.word(new BigInteger(1, address((String) value)));
        case "bool" -> Signature.word((Boolean) value ? BigInteger.ONE : BigInteger.ZERO);
        default -> Signature.word(unsigned());
      };
    }

    private byte[] whole(byte[] bytes) {
      if (bytes.length != 32) {
        throw new IllegalArgumentException(name + " has " + bytes.length + " bytes, not 32");
      }
      return bytes;
    }

    private byte[] address(String text) {
      if (!Hex.isAddress(text)) {
        throw new IllegalArgumentException(name + " is not an address: " + text);
      }
      return Hex.decode(text);
    }

    private BigInteger unsigned() {
      if (!type.matches("uint\\d+")) {
        throw new IllegalArgumentException("no such type here: " + type);
      }
      BigInteger number = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
      int bits = Integer.parseInt(type.substring("uint".length()));
      if (number.signum() < 0 || number.bitLength() > bits) {
        throw new IllegalArgumentException(name + " does not fit " + type);
      }
      return number;
    }
  }

  /** The 32 bytes that are signed. */
  public byte[] digest() {
    return Keccak.hash(new byte[] {0x19, 0x01}, domain.separator(), struct(primaryType, members));
  }

  private static byte[] struct(String primaryType, List<Member> members) {
    List<byte[]> words = new ArrayList<>();
    words.add(Keccak.hash(declaration(primaryType, members).getBytes(UTF_8)));
    members.forEach(member -> words.add(member.encoded()));
    return Keccak.hash(words.toArray(byte[][]::new));
  }

  private static String declaration(String primaryType, List<Member> members) {
    return members.stream()
        .map(member -> member.type() + " " + member.name())
        .collect(Collectors.joining(",", primaryType + "(", ")"));
  }
}
