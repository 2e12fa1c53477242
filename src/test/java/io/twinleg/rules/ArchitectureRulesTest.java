package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The architecture rules, executed; they run first. {@link ArchitectureRulesCanFailTest} breaks
 * each of them.
 */
@Order(1)
class ArchitectureRulesTest {
  private static final SourceTree SOURCES = new SourceTree(Path.of("src/main/java"));

  private static JavaClasses classes;

  @BeforeAll
  static void readTheClasses() {
    classes = ArchitectureRules.Program.CLASSES;
    assertThat(classes).isNotEmpty();
  }

  @Test
  void everyPackageHasItsRowInTheImportTable() {
    assertThat(new ImportTable().unlistedPackages(classes)).isEmpty();
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    assertThat(new ImportTable().forbiddenImports(classes)).isEmpty();
  }

  @Test
  void packagesHaveNoCycle() {
    ArchitectureRules.NO_PACKAGE_CYCLES.check(classes);
  }

  @Test
  void coreOnlyComputes() {
    ArchitectureRules.CORE_USES_ONLY_LIBRARIES_THAT_COMPUTE.check(classes);
  }

  @Test
  void coreReadsNothingFromTheSystem() {
    ArchitectureRules.CORE_READS_NOTHING_FROM_THE_SYSTEM.check(classes);
  }

  @Test
  void booksHaveNoFloatingPoint() {
    ArchitectureRules.NO_FLOATING_POINT_FIELDS.check(classes);
    ArchitectureRules.NO_FLOATING_POINT_SIGNATURES.check(classes);
  }

  @Test
  void whatIsReplayedKeepsItsOrder() {
    ArchitectureRules.NO_COLLECTION_WHOSE_ORDER_CHANGES.check(classes);
  }

  @Test
  void onlyRiskApprovesAnOrder() {
    ArchitectureRules.ONLY_RISK_APPROVES_AN_ORDER.check(classes);
  }

  @Test
  void onlyExecutionCancels() {
    ArchitectureRules.ONLY_EXECUTION_CANCELS.check(classes);
  }

  @Test
  void whatCanSignIsMadeInOnePlaceForALiveRun() {
    ArchitectureRules.ONLY_ONE_CLASS_MAKES_A_SIGNER.check(classes);
    ArchitectureRules.ONLY_A_LIVE_ACCOUNT_IS_GIVEN_A_SIGNER.check(classes);
  }

  @Test
  void everyClassIsNamedByItsSubject() {
    ArchitectureRules.NO_NAME_WITHOUT_A_SUBJECT.check(classes);
  }

  @Test
  void onlyCommandsAndTelemetryPrint() {
    ArchitectureRules.ONLY_CLI_AND_TELEMETRY_PRINT.check(classes);
  }

  @Test
  void everyPackageHasItsPackageInfo() {
    assertThat(SOURCES.packagesWithoutInfo()).isEmpty();
  }

  @Test
  void filesAndMethodsKeepToTheirLimits() {
    assertThat(SOURCES.longFiles()).isEmpty();
    assertThat(SOURCES.longMethods()).isEmpty();
  }
}
