package io.twinleg.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a package must never do, one rule each. What they may import is {@link ImportTable}. */
final class ArchitectureRules {
  private static final String CORE = "io.twinleg.core..";
  private static final String EVENT = "io.twinleg.core.event";
  private static final String RISK = "io.twinleg.core.risk";
  private static final String EXECUTION = "io.twinleg.core.execution..";
  private static final String SMOKETEST = "io.twinleg.smoketest";
  private static final String JOURNAL = "io.twinleg.journal";

  /** Where amounts are counted. */
  private static final String[] BOOKKEEPING = {CORE, "io.twinleg.simulator..", JOURNAL};

  /** Where what happens next must not depend on the JVM that runs it. */
  private static final String[] REPLAYED = {
    CORE, "io.twinleg.runtime", "io.twinleg.simulator..", "io.twinleg.venue.simulated"
  };

  static final ArchRule NO_PACKAGE_CYCLES =
      slices().matching("io.twinleg.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  static final ArchRule CORE_USES_ONLY_LIBRARIES_THAT_COMPUTE =
      classes()
          .that(resideInAPackage(CORE))
          .should()
          .onlyDependOnClassesThat(
              describe("compute, and do nothing else", ArchitectureRules::computes))
          .because("the core has no I/O, threads, locks, logging or randomness")
          .allowEmptyShould(true);

  static final ArchRule CORE_READS_NOTHING_FROM_THE_SYSTEM =
      noClasses()
          .that(resideInAPackage(CORE))
          .should()
          .accessTargetWhere(
              target(
                  "reads a clock, randomness or the environment", ArchitectureRules::readsSystem))
          .because(
              "now is the event's receivedTime, and nothing else comes from outside the events")
          .allowEmptyShould(true);

  static final ArchRule NO_FLOATING_POINT_FIELDS =
      noFields()
          .that()
          .areDeclaredInClassesThat(resideInAnyPackage(BOOKKEEPING))
          .should(
              ArchCondition.from(
                  describe("hold a double or float", field -> isFloating(field.getType()))))
          .because("money, prices, sizes and rates are exact, and rounded in one named place")
          .allowEmptyShould(true);

  static final ArchRule NO_FLOATING_POINT_SIGNATURES =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat(resideInAnyPackage(BOOKKEEPING))
          .should(
              ArchCondition.from(
                  describe("take or return a double or float", ArchitectureRules::usesFloating)))
          .because("money, prices, sizes and rates are exact, and rounded in one named place")
          .allowEmptyShould(true);

  static final ArchRule NO_COLLECTION_WHOSE_ORDER_CHANGES =
      noClasses()
          .that(resideInAnyPackage(REPLAYED))
          .should()
          .accessTargetWhere(
              target("makes an unordered collection", ArchitectureRules::makesUnordered))
          .because(
              "their order changes from one JVM run to the next; List, LinkedHashMap,"
                  + " LinkedHashSet, TreeMap and EnumMap keep theirs")
          .allowEmptyShould(true);

  static final ArchRule ONLY_A_RECORD_IS_OBSERVED =
      noClasses()
          .that(resideOutside("io.twinleg.venue.simulated", JOURNAL))
          .should()
          .accessTargetWhere(constructs("MarketObserved"))
          .because("a halt does not look at what fills after one: no live run may meet one")
          .allowEmptyShould(true);

  static final ArchRule ONLY_RISK_APPROVES_AN_ORDER =
      noClasses()
          .that(resideOutside(RISK, JOURNAL, SMOKETEST))
          .should()
          .accessTargetWhere(constructs("PlaceOrder", "SetLeverage", "TransferCollateral"))
          .because("the command is itself the proof that risk approved it")
          .allowEmptyShould(true);

  static final ArchRule ONLY_EXECUTION_CANCELS =
      noClasses()
          .that(resideOutside(EXECUTION, JOURNAL, SMOKETEST))
          .should()
          .accessTargetWhere(constructs("CancelOrder", "InvalidateNonce"))
          .because("only the package that knows the working orders may cancel one")
          .allowEmptyShould(true);

  static final ArchRule ONLY_ONE_CLASS_MAKES_A_SIGNER =
      noClasses()
          .that(
              describe(
                  "are not where secrets become signers",
                  type -> !Set.of("SignerFactory", "Signer").contains(type.getSimpleName())))
          .should()
          .accessTargetWhere(
              target(
                  "makes a signer",
                  access ->
                      access.getOwner().getSimpleName().equals("Signer")
                          && access.getName().equals("of")))
          .because("in a dry run and on paper the object that can sign does not exist")
          .allowEmptyShould(true);

  static final ArchRule ONLY_A_LIVE_ACCOUNT_IS_GIVEN_A_SIGNER =
      noClasses()
          .that(
              describe(
                  "are no live account",
                  type ->
                      Stream.of("LiveAccount", "SignerFactory", "Keystore")
                          .noneMatch(name -> type.getName().contains("." + name))))
          .should()
          .accessTargetWhere(
              target(
                  "asks for a signer",
                  access ->
                      access.getOwner().getSimpleName().equals("SignerFactory")
                          && access.getName().equals("signer")))
          .because("a signer belongs to a run with money; a keystore shows its address")
          .allowEmptyShould(true);

  static final ArchRule NO_NAME_WITHOUT_A_SUBJECT =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
          .because("such a name says nothing; the subject has a better one")
          .allowEmptyShould(true);

  static final ArchRule ONLY_CLI_AND_TELEMETRY_PRINT =
      noClasses()
          .that(resideOutside("io.twinleg.cli..", "io.twinleg.telemetry.."))
          .should()
          .accessTargetWhere(target("prints", ArchitectureRules::prints))
          .because("stdout belongs to the command, and a line that is not collected is lost")
          .allowEmptyShould(true);

  private ArchitectureRules() {}

  /** The program's classes, read once for all rules. */
  static final class Program {
    static final JavaClasses CLASSES =
        new ClassFileImporter().importPath(Path.of("target/classes"));

    private Program() {}
  }

  /** Our own classes are the import table's business. */
  private static boolean computes(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    String name = base.getName();
    return switch (base.getPackageName()) {
      case "java.lang" ->
          !name.matches("java\\.lang\\.(Thread|InheritableThread|Process|Runtime(?!Exception)).*");
      case "java.util" -> !name.matches("java\\.util\\.(Random|SplittableRandom|Timer|Scanner).*");
      case "java.security" -> name.matches("java\\.security\\.(MessageDigest|NoSuchAlgorithm).*");
      case "java.util.concurrent" -> name.equals("java.util.concurrent.TimeUnit");
      case "java.io" -> name.matches("java\\.io\\.(Serializable|UncheckedIOException)");
      case "", "java.lang.annotation", "java.lang.invoke", "java.lang.runtime" -> true;
      case "java.math", "java.nio.charset", "java.text", "java.util.function" -> true;
      case "java.util.regex", "java.util.stream", "java.util.zip", "org.jspecify.annotations" ->
          true;
      case String other ->
          other.startsWith("io.twinleg.")
              || other.equals("java.time")
              || other.startsWith("java.time.");
    };
  }

  private static boolean readsSystem(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" -> !name.equals("arraycopy") && !name.equals("lineSeparator");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.util.Collections" -> name.equals("shuffle");
      case "java.util.Locale", "java.util.TimeZone" -> name.equals("getDefault");
      default ->
          owner.startsWith("java.time.")
              && (name.equals("now") || name.startsWith("system") || name.startsWith("tick"));
    };
  }

  private static boolean usesFloating(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .anyMatch(ArchitectureRules::isFloating);
  }

  private static final Set<String> FLOATING =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float", "java.util.OptionalDouble");

  /** Also as the element of an array or of a generic type. */
  private static boolean isFloating(JavaType type) {
    return type.getAllInvolvedRawTypes().stream()
        .map(JavaClass::getBaseComponentType)
        .anyMatch(raw -> FLOATING.contains(raw.getName()));
  }

  /** {@code Set.of()} and {@code Map.of(key, value)} hold too little to have an order. */
  private static boolean makesUnordered(AccessTarget target) {
    if (!(target instanceof AccessTarget.CodeUnitAccessTarget made)) {
      return false;
    }
    int arguments = made.getRawParameterTypes().size();
    String name = made.getName();
    return switch (made.getOwner().getName()) {
      case "java.util.Set" ->
          name.equals("copyOf")
              || (name.equals("of") && (arguments > 1 || made.getFullName().contains("[]")));
      case "java.util.Map" ->
          name.equals("copyOf") || name.equals("ofEntries") || (name.equals("of") && arguments > 2);
      case "java.util.stream.Collectors" -> collectsUnordered(name, arguments);
      case "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.util.Hashtable",
          "java.util.concurrent.ConcurrentHashMap" ->
          name.equals("<init>") || name.startsWith("newHash") || name.equals("newKeySet");
      default -> false;
    };
  }

  /**
   * The collectors that make a HashMap, a HashSet or an immutable one unless they are given
   * another.
   */
  private static boolean collectsUnordered(String name, int arguments) {
    return switch (name) {
      case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
      case "toMap" -> arguments < 4;
      case "groupingBy" -> arguments < 3;
      default -> name.endsWith("Concurrent") || name.equals("toConcurrentMap");
    };
  }

  private static boolean prints(AccessTarget target) {
    boolean stream = target.getName().equals("out") || target.getName().equals("err");
    return (stream && target.getOwner().isEquivalentTo(System.class))
        || (target.getName().equals("printStackTrace")
            && target.getOwner().isAssignableTo(Throwable.class));
  }

  private static DescribedPredicate<JavaAccess<?>> target(
      String description, Predicate<AccessTarget> condition) {
    return describe(description, access -> condition.test(access.getTarget()));
  }

  /** A command may construct itself, as a record's own copying methods do. */
  private static DescribedPredicate<JavaAccess<?>> constructs(String... commands) {
    Set<String> names = Set.of(commands);
    return describe(
        "constructs one of " + String.join(", ", commands),
        access ->
            access.getName().equals("<init>")
                && access.getTargetOwner().getPackageName().equals(EVENT)
                && names.contains(access.getTargetOwner().getSimpleName())
                && !access.getOriginOwner().equals(access.getTargetOwner()));
  }

  private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }
}
