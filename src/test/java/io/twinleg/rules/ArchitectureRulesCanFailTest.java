package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A small program that breaks every rule once: a rule that cannot fail proves nothing. */
@Order(1)
class ArchitectureRulesCanFailTest {
  private static final String[] PLANTED = {
    "package io.twinleg.core.event; public record PlaceOrder(long price) {"
        + " PlaceOrder dearer() { return new PlaceOrder(price + 1); } }",
    "package io.twinleg.core.event; public interface Command {"
        + " record CancelOrder(long id) implements Command {} }",
    "package io.twinleg.core.risk; public class Gate {"
        + " Object approve() { return new io.twinleg.core.event.PlaceOrder(1); } }",
    "package io.twinleg.core.execution; public class Pair {"
        + " Object place() { return new io.twinleg.core.event.PlaceOrder(1); }"
        + " Object cancel() { return new io.twinleg.core.event.Command.CancelOrder(1); } }",
    "package io.twinleg.core.strategy; public class Signal { java.util.List<Double> rates;"
        + " Object cancel() { return new io.twinleg.core.event.Command.CancelOrder(1); } }",
    "package io.twinleg.core.market; public class Clock {"
        + " java.time.Instant now() { return java.time.Instant.now(); } }",
    "package io.twinleg.core.market; public class Disk { java.nio.file.Path file; }",
    "package io.twinleg.core.portfolio; public class Books { float rate() { return 1; } }",
    "package io.twinleg.core.portfolio; public class Lots {"
        + " Object some() { return java.util.Set.of(1, 2); }"
        + " Object few() { return java.util.Map.of(); } }",
    "package io.twinleg.runtime; public class Inbox {"
        + " java.util.function.Supplier<Object> maker = java.util.HashMap::new; }",
    "package io.twinleg.runtime; public class Loud {"
        + " io.twinleg.journal.Quiet quiet; void print() { System.out.println(); } }",
    "package io.twinleg.journal; public class Quiet { io.twinleg.runtime.Loud loud; }",
    "package io.twinleg.unlisted; public class BoxManager {}",
    "package io.twinleg.wire; public class Signer {"
        + " public static Signer of(byte[] secret) { return new Signer(); } }",
    "package io.twinleg.bootstrap; public class SignerFactory {"
        + " public static Object signer() { return io.twinleg.wire.Signer.of(new byte[0]); } }",
    "package io.twinleg.venue.paper; public class Ledger {"
        + " Object forge() { return io.twinleg.wire.Signer.of(new byte[0]); }"
        + " Object borrow() { return io.twinleg.bootstrap.SignerFactory.signer(); } }",
  };

  @TempDir static Path sources;

  private static JavaClasses classes;

  @BeforeAll
  static void build() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", sources + "/classes"));
    for (int i = 0; i < PLANTED.length; i++) {
      String name =
          PLANTED[i].replaceAll("(?s).*?public (?:class|record|interface) (\\w+).*", "$1");
      Path folder = Files.createDirectories(sources.resolve("sources/" + i));
      arguments.add(Files.writeString(folder.resolve(name + ".java"), PLANTED[i]).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    classes = new ClassFileImporter().importPath(sources.resolve("classes"));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(ArchitectureRules.NO_PACKAGE_CYCLES, "journal"),
        Arguments.of(ArchitectureRules.CORE_USES_ONLY_LIBRARIES_THAT_COMPUTE, "Disk.file"),
        Arguments.of(ArchitectureRules.CORE_READS_NOTHING_FROM_THE_SYSTEM, "Clock.now"),
        Arguments.of(ArchitectureRules.NO_FLOATING_POINT_FIELDS, "Signal.rates"),
        Arguments.of(ArchitectureRules.NO_FLOATING_POINT_SIGNATURES, "Books.rate"),
        Arguments.of(ArchitectureRules.NO_COLLECTION_WHOSE_ORDER_CHANGES, "Lots.some"),
        Arguments.of(ArchitectureRules.NO_COLLECTION_WHOSE_ORDER_CHANGES, "Inbox"),
        Arguments.of(ArchitectureRules.ONLY_RISK_APPROVES_AN_ORDER, "Pair.place"),
        Arguments.of(ArchitectureRules.ONLY_EXECUTION_CANCELS, "Signal.cancel"),
        Arguments.of(ArchitectureRules.ONLY_ONE_CLASS_MAKES_A_SIGNER, "Ledger.forge"),
        Arguments.of(ArchitectureRules.ONLY_A_LIVE_ACCOUNT_IS_GIVEN_A_SIGNER, "Ledger.borrow"),
        Arguments.of(ArchitectureRules.NO_NAME_WITHOUT_A_SUBJECT, "BoxManager"),
        Arguments.of(ArchitectureRules.ONLY_CLI_AND_TELEMETRY_PRINT, "Loud.print"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRuleIsReported(ArchRule rule, String culprit) {
    assertThat(complaints(rule)).anySatisfy(complaint -> assertThat(complaint).contains(culprit));
  }

  @Test
  void whatIsAllowedIsNotReported() {
    assertThat(complaints(ArchitectureRules.ONLY_RISK_APPROVES_AN_ORDER))
        .singleElement()
        .asString()
        .contains("Pair.place");
    assertThat(complaints(ArchitectureRules.ONLY_EXECUTION_CANCELS)).hasSize(1);
    assertThat(complaints(ArchitectureRules.NO_COLLECTION_WHOSE_ORDER_CHANGES)).hasSize(2);
  }

  @Test
  void aPackageWithoutARowIsReported() {
    assertThat(new ImportTable().unlistedPackages(classes)).containsExactly("unlisted");
  }

  @Test
  void anImportOutsideItsRowIsReported() {
    assertThat(new ImportTable().forbiddenImports(classes))
        .anyMatch(line -> line.startsWith("journal may not import runtime"))
        .anyMatch(line -> line.startsWith("core.strategy may not import core.event"))
        .noneMatch(line -> line.startsWith("runtime may not import journal"));
  }

  @Test
  void theTableAllowsWhatItsRowsName() {
    ImportTable table = new ImportTable();
    assertThat(table.mayImport("core", "core.risk")).isTrue();
    assertThat(table.mayImport("runtime", "core.risk")).isFalse();
    assertThat(table.mayImport("research", "core")).isTrue();
    assertThat(table.mayImport("cli", "venue.aster")).isTrue();
    assertThat(table.mayImport("venue", "venue.aster")).isFalse();
    assertThat(table.mayImport("keys", "cli")).isFalse();
  }

  @Test
  void aLongFileALongMethodAndAPackageWithoutInfoAreReported(@TempDir Path root)
      throws IOException {
    String body = "  void run() {\n" + "    run();\n".repeat(70) + "  }\n";
    Files.writeString(root.resolve("Tower.java"), "class Tower {\n" + body.repeat(6) + "}\n");
    SourceTree tree = new SourceTree(root);
    assertThat(tree.longFiles()).singleElement().asString().contains("Tower.java has 434 lines");
    assertThat(tree.longMethods()).hasSize(6).first().asString().contains("Tower.run has 72 lines");
    assertThat(tree.packagesWithoutInfo()).hasSize(1);
  }

  private static List<String> complaints(ArchRule rule) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }
}
