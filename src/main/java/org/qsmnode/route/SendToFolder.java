package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.store.Spool;

/**
 * Copies files into a folder that others watch: each appears whole, under a temporary name first,
 * and is on the disk when it counts as stored.
 */
final class SendToFolder {

  private SendToFolder() {}

  /** Copies the files to {@code folder/group}, over earlier copies of the same. */
  static StoreReport send(List<Path> files, Path folder, String group) throws IOException {
    Path target = folder.resolve(group);
    Files.createDirectories(target);
    List<StoreReport.Outcome> outcomes = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Path part = target.resolve("." + name + ".part");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      Spool.force(part);
      Files.move(part, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      outcomes.add(new StoreReport.Outcome(name, 0));
    }
    Spool.force(target);
    Spool.force(folder);
    return new StoreReport(outcomes);
  }
}
