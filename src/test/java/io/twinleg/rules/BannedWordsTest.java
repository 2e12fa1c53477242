package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.rules.BannedWords.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The tree speaks the trade's language; what a run finds is written to target/banned-words.txt. */
@Order(1)
class BannedWordsTest {
  private static final Path JAVA = Path.of("src/main/java/io/twinleg/core/risk/Limits.java");
  private static final BannedWords LIST =
      new BannedWords(
          List.of(
              "# comment",
              "",
              "everywhere attic grue",
              "names hum",
              "except grue | Codec.java | \"Grue\"",
              "except attic | * | spare attic"));

  @Test
  void theTreeHoldsNoBannedWord() throws IOException {
    List<Finding> found = BannedWords.ofThisTree().in(BannedWords.TREE);
    Files.write(Path.of("target/banned-words.txt"), BannedWords.report(found));

    assertThat(
            Ceilings.ofThisTree()
                .exceeded(
                    "banned-words", Ceilings.byTopLevelPackage(BannedWords.perArea(found)), 0))
        .as("banned words; each with file and line in target/banned-words.txt")
        .isEmpty();
  }

  @Test
  void findsAWordOfAnIdentifierACommentAndAString() {
    String source =
        """
        /** No attic. */
        class Limits {
          // was grue
          int grueAgain = GRUE_ONCE;
          String text = "a \\"attic\\"" + '"' + "hum" + \"""
              in a "attic" of text
              \""";
          void hum() {}
        }
        """;

    assertThat(LIST.in(JAVA, source))
        .extracting(finding -> finding.line() + " " + finding.word())
        .containsExactly("1 attic", "3 grue", "4 grue", "4 grue", "5 attic", "6 attic", "8 hum");
  }

  @Test
  void findsWholeWordsOnly() {
    assertThat(LIST.in(JAVA, "int atticus; Thumb thumb; String lattice; /* attics */")).isEmpty();
  }

  @Test
  void findsOnlyWhatIsBannedEverywhereInADocument() {
    assertThat(LIST.in(Path.of("docs/safety.md"), "What I hum\nis: no Attic.\n"))
        .containsExactly(new Finding(Path.of("docs/safety.md"), 2, "attic"));
  }

  @Test
  void exceptsAWordInItsFileAndLineOnly() {
    Path codec = Path.of("src/main/java/io/twinleg/journal/Codec.java");

    assertThat(LIST.in(codec, "a = \"Grue\"; // spare attic\n")).isEmpty();
    assertThat(LIST.in(codec, "a = grue; // a attic\n")).hasSize(2);
    assertThat(LIST.in(JAVA, "a = \"Grue\";")).hasSize(1);
  }

  @Test
  void countsByPackageAndFolder() {
    assertThat(
            BannedWords.report(
                List.of(
                    new Finding(JAVA, 7, "attic"),
                    new Finding(Path.of("docs/venues/aster.md"), 1, "grue"),
                    new Finding(Path.of("README.md"), 2, "grue"))))
        .containsExactly(
            JAVA + ":7 attic",
            "docs/venues/aster.md:1 grue",
            "README.md:2 grue",
            "     1 README.md",
            "     1 docs",
            "     1 main core.risk",
            "     3 in all");
  }
}
