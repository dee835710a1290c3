package org.qsmnode.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appends audit messages to a file for each day, one on a line, forced to the disk. Files whose day
 * is over for long enough are deleted.
 */
final class AuditFile implements AuditSink {

  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final Optional<Duration> keep;
  private final ZoneId zone;
  private @Nullable FileChannel file;
  private LocalDate day = LocalDate.MIN;

  /**
   * A log in a folder.
   *
   * @param keep how long files are kept; empty: for ever
   * @param zone in which days begin
   */
  AuditFile(Path folder, Optional<Duration> keep, ZoneId zone) throws IOException {
    this.folder = folder;
    this.keep = keep;
    this.zone = zone;
    Files.createDirectories(folder);
  }

  @Override
  public void write(Instant at, String xml) throws IOException {
    FileChannel channel = ofDay(LocalDate.ofInstant(at, zone), at);
    ByteBuffer line = ByteBuffer.wrap((xml + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
  }

  private FileChannel ofDay(LocalDate wanted, Instant now) throws IOException {
    FileChannel open = file;
    if (open != null && wanted.equals(day)) {
      return open;
    }
    close();
    FileChannel opened =
        FileChannel.open(
            folder.resolve(PREFIX + wanted + SUFFIX),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
    file = opened;
    day = wanted;
    if (keep.isPresent()) {
      deleteBefore(LocalDate.ofInstant(now.minus(keep.get()), zone));
    }
    return opened;
  }

  private void deleteBefore(LocalDate first) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.toList();
    }
    for (Path old : files) {
      if (day(old.getFileName().toString()).filter(day -> day.isBefore(first)).isPresent()) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static Optional<LocalDate> day(String name) {
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
