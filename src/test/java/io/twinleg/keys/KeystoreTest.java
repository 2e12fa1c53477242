package io.twinleg.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
  private static final String KEY =
      "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";
  private static final String ADDRESS = "0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b";

  /** The test vector that the definition of version 3 gives. */
  private static final String PUBLISHED =
      """
      {"crypto":{"cipher":"aes-128-ctr",
       "cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
       "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
       "kdf":"pbkdf2",
       "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
       "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
       "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  private static final KeyDerivation QUICK = new KeyDerivation.Scrypt(1024, 8, 1, "00".repeat(32));

  @TempDir Path folder;

  @Test
  void thePublishedKeystoreOpens() {
    Keystore keystore = Keystore.parse("published", PUBLISHED);
    assertThat(hex(keystore.open(() -> "testpassword".toCharArray()))).isEqualTo(KEY);
    assertThat(keystore.address()).isEmpty();
  }

  /** RFC 7914's third vector: the first half of its 64 bytes is what 32 bytes come to. */
  @Test
  void scryptIsThatOfTheRfc() {
    String salt = HexFormat.of().formatHex("SodiumChloride".getBytes(StandardCharsets.UTF_8));
    byte[] derived =
        new KeyDerivation.Scrypt(16384, 8, 1, salt)
            .derive("pleaseletmein".getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
  }

  @Test
  void whatIsWrittenOpensAgainWithItsPassphraseOnly() {
    for (KeyDerivation derivation : new KeyDerivation[] {QUICK, pbkdf2()}) {
      String text = write("correct horse", derivation);
      Keystore keystore = Keystore.parse("mine", text);
      assertThat(keystore.address()).contains(ADDRESS);
      assertThat(hex(keystore.open(() -> "correct horse".toCharArray()))).isEqualTo(KEY);
      assertThatThrownBy(() -> keystore.open(() -> "wrong horse".toCharArray()))
          .isInstanceOf(KeyException.class)
          .hasMessage("the passphrase does not open mine");
      assertThat(text).doesNotContain(KEY, "correct horse");
    }
  }

  @Test
  void aDamagedKeystoreIsRefusedInASentence() {
    String text = write("x", QUICK);
    String wrongMac = text.replaceFirst("\"mac\":\"..", "\"mac\":\"zz");
    assertThatThrownBy(() -> Keystore.parse("mine", wrongMac).open(() -> "x".toCharArray()))
        .isInstanceOf(KeyException.class)
        .hasMessage("mine is damaged: mac is not hexadecimal");
    assertThatThrownBy(() -> Keystore.parse("mine", "{"))
        .hasMessage("mine is no keystore: it is not JSON");
    assertThatThrownBy(() -> Keystore.parse("mine", text.replace("\"version\":3", "\"version\":1")))
        .hasMessage("mine is no keystore of version 3");
    assertThatThrownBy(() -> open(text.replace("\"n\":1024", "\"n\":1073741824")))
        .hasMessage("mine has parameters for scrypt that cannot be run here");
    assertThatThrownBy(() -> open(text.replace("\"scrypt\"", "\"argon2\"")))
        .hasMessage("mine needs argon2: expected scrypt or pbkdf2");
  }

  @Test
  void aNewFileIsItsOwnersAndNoFileIsOverwritten() throws Exception {
    Path file = folder.resolve("agent.json");
    OwnerOnlyFile.create(file, "first");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> OwnerOnlyFile.create(file, "second"))
        .isInstanceOf(KeyException.class)
        .hasMessageEndingWith("exists already and is not overwritten: name another file");
    assertThat(file).hasContent("first");
  }

  @Test
  void aFreshSecretIsAnotherEachTime() {
    assertThat(hex(Keystore.newSecret())).hasSize(64).isNotEqualTo(hex(Keystore.newSecret()));
  }

  private static SecretKey open(String text) {
    return Keystore.parse("mine", text).open(() -> "x".toCharArray());
  }

  private static String write(String passphrase, KeyDerivation derivation) {
    try (SecretKey secret = SecretKey.ofHex(KEY, "the test")) {
      return Keystore.write(secret, ADDRESS, passphrase::toCharArray, derivation);
    }
  }

  private static KeyDerivation pbkdf2() {
    return new KeyDerivation.Pbkdf2(1000, "00".repeat(16));
  }

  private static String hex(SecretKey secret) {
    try (secret) {
      return secret.use(HexFormat.of()::formatHex);
    }
  }
}
