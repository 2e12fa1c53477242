package io.twinleg.cli.options;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the value of a flag is read; what it cannot be read as is one sentence. */
public final class FlagValues {
  private FlagValues() {}

  /** A whole number on the command line. */
  public static final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (!value.matches("-?[0-9]{1,18}")) {
        throw new TypeConversionException(
            "'" + value + "' is no whole number: expected one such as 7");
      }
      return Long.valueOf(value);
    }
  }

  /** A decimal number on the command line; one with an exponent could be megabytes of digits. */
  public static final class DecimalNumber implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String value) {
      if (!value.matches("[+-]?[0-9]{1,18}([.][0-9]{1,18})?")) {
        throw new TypeConversionException("'" + value + "' is no number: expected one such as 0.5");
      }
      return new BigDecimal(value);
    }
  }

  /** A file to write: what keeps it from being written is found before any work is done. */
  public static final class NewFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      Path file;
      try {
        file = Path.of(value);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("'" + value + "' is no name of a file");
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new TypeConversionException(
            "'" + value + "' is there already: give another name, or remove it");
      }
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new TypeConversionException(
            "'"
                + value
                + "' cannot be written: there is no such folder, or no right to write in it");
      }
      return file;
    }
  }

  /** A port of this machine on the command line. */
  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
        throw new TypeConversionException("'" + value + "' is no port: expected 0 to 65535");
      }
      return Integer.valueOf(value);
    }
  }

  /** A length of time on the command line: 90s, 30m, 48h, 14d, 2w. */
  public static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d|w)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'"
                + value
                + "' is no length of time: expected a whole number above 0 and s, m, h, d or w,"
                + " such as 48h");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        case "d" -> Duration.ofDays(amount);
        default -> Duration.ofDays(7 * amount);
      };
    }
  }

  /** An amount of USD on the command line. */
  public static final class UsdAmount implements ITypeConverter<Usd> {
    @Override
    public Usd convert(String value) {
      if (!value.matches("[0-9]{1,12}(\\.[0-9]{1,2})?") || new BigDecimal(value).signum() == 0) {
        throw new TypeConversionException(
            "'" + value + "' is no amount: expected USD above 0, such as 2500");
      }
      return Usd.of(value);
    }
  }

  /** An instant on the command line: 2025-02-01T00:00:00Z, or a day, which begins at 00:00 UTC. */
  public static final class InstantText implements ITypeConverter<Instant> {
    private static final String DAY_BEGINS = "T00:00:00Z";

    @Override
    public Instant convert(String value) {
      try {
        return Instant.parse(
            value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? value + DAY_BEGINS : value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'"
                + value
                + "' is no day or time: expected one such as 2025-02-01 (00:00 UTC) or"
                + " 2025-02-01T00:00:00Z");
      }
    }
  }
}
