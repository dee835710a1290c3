package org.qsmnode.camel;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the objects of a C-GET as they arrive; called by one thread for each association.
 *
 * <p>Implemented by {@link FolderSink} and by whoever feeds the spool.
 */
@FunctionalInterface
public interface ObjectSink {

  /**
   * Takes one object; the C-STORE is answered when it returns.
   *
   * @param header Part 10 header of the object, to be written before the data set
   * @param dataSet the data set in {@code transferSyntaxUid}; what is left unread is skipped
   * @throws DicomStatusException to answer with its status
   * @throws IOException to answer A700
   */
  void store(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      byte[] header,
      InputStream dataSet)
      throws IOException, DicomStatusException;
}
