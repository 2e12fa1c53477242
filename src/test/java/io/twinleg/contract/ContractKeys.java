package io.twinleg.contract;

import io.twinleg.wire.Hex;

/** A key that has no account elsewhere, for the accounts of these tests. */
final class ContractKeys {
  static final byte[] OURS =
      Hex.decode("0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1");

  private ContractKeys() {}
}
