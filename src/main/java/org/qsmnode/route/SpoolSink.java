package org.qsmnode.route;

import java.io.IOException;
import java.io.InputStream;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.ObjectSink;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpooledObject;

/** Takes the objects of a C-GET into the spool, as if their archive had stored them here. */
final class SpoolSink implements ObjectSink {

  private final Spool spool;
  private final ReceiveObject receive;
  private final DicomEvent.Caller from;

  SpoolSink(Spool spool, ReceiveObject receive, DicomEvent.Caller from) {
    this.spool = spool;
    this.receive = receive;
    this.from = from;
  }

  @Override
  public void store(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      byte[] header,
      InputStream dataSet)
      throws IOException, DicomStatusException {
    try (SpooledObject object = spool.begin()) {
      object.writeHeader(header);
      dataSet.transferTo(object.dataSet());
      receive.receive(object, sopClassUid, sopInstanceUid, from);
    }
  }
}
