package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAccessTest {

  @TempDir Path folder;

  @Test
  void aNewFolderIsItsOwnersAlone() throws IOException {
    Path spool = folder.resolve("a").resolve("spool");
    FolderAccess.OWNER.open(spool);
    assertEquals("rwx------", mode(spool));
  }

  @Test
  void anOpenFolderIsClosedAndWhatIsInItStays() throws IOException {
    Path results = Files.createDirectory(folder.resolve("results"));
    Files.setPosixFilePermissions(results, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = Files.createFile(results.resolve("file"));
    FolderAccess.OWNER.open(results);
    assertEquals("rwx------", mode(results));
    assertEquals(0, Files.size(file));
  }

  @Test
  void aSharedFolderIsItsGroupsToo() throws IOException {
    Path spool = folder.resolve("spool");
    FolderAccess.OWNER.open(spool);
    FolderAccess.GROUP.open(spool);
    assertEquals("rwxrwx---", mode(spool));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
