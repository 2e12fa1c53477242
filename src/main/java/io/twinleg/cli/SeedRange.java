package io.twinleg.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seeds from one to another, both included. */
record SeedRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.\\.([0-9]{1,12})");

  static final class Converter implements ITypeConverter<SeedRange> {
    @Override
    public SeedRange convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + value + "' names no seeds: expected two whole numbers, such as 1..2000");
      }
      SeedRange range =
          new SeedRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      if (range.last < range.first) {
        throw new TypeConversionException(
            "'" + value + "' ends before it begins: write the smaller seed first");
      }
      return range;
    }
  }

  long count() {
    return last - first + 1;
  }

  LongStream all() {
    return LongStream.rangeClosed(first, last);
  }

  @Override
  public String toString() {
    return first + ".." + last;
  }
}
