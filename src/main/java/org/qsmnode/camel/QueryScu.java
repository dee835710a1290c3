package org.qsmnode.camel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.Status;
import org.qsmnode.store.QueryLevel;

/** Queries a peer in the study root model (PS3.4 C.6.2), one association a call. */
public final class QueryScu {

  private static final String MODEL = UID.StudyRootQueryRetrieveInformationModelFind;

  private final Requestor requestor;

  /**
   * An SCU for one peer; may be used by several threads at a time.
   *
   * @param options address of the peer, own AE title, security and time-outs
   * @param executor runs the associations; shut down by the caller
   * @param timers runs the time-outs; shut down by the caller
   */
  public QueryScu(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    requestor = new Requestor(options, executor, timers);
  }

  /**
   * What a query found.
   *
   * @param found the peer's matches, in its order
   * @param complete false where the query was canceled at the limit
   */
  public record Matches(List<Attributes> found, boolean complete) {

    public Matches {
      found = List.copyOf(found);
    }
  }

  /**
   * Asks for the entities of one level.
   *
   * @param keys matching and return keys, with the unique keys of the levels above; not changed
   * @param limit the query is canceled after so many matches (C-CANCEL), 1 or more
   * @throws DicomStatusException if the peer answers with a failure
   * @throws DicomSendException if it is not reached, offers no query or ends the association
   */
  public Matches find(QueryLevel level, Attributes keys, int limit)
      throws DicomSendException, DicomStatusException, InterruptedException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive: " + limit);
    }
    Association association = requestor.open(requestor.request(MODEL));
    try {
      Matches matches = find(association, identifier(level, keys), limit);
      association.release();
      return matches;
    } catch (IOException e) {
      association.abort();
      throw requestor.failed("query", e);
    } catch (InterruptedException e) {
      association.abort();
      throw e;
    }
  }

  private static Matches find(Association association, Attributes identifier, int limit)
      throws IOException, DicomStatusException, InterruptedException {
    DimseRSP response = association.cfind(MODEL, Priority.NORMAL, identifier, null, limit);
    List<Attributes> found = new ArrayList<>();
    int status = Status.Pending;
    while (response.next()) {
      status = response.getCommand().getInt(Tag.Status, -1);
      Attributes match = response.getDataset();
      if (Status.isPending(status) && match != null && found.size() < limit) {
        found.add(match);
      }
    }
    if (status != Status.Success && status != Status.Cancel) {
      release(association);
      throw DicomStatusException.answered("query", status);
    }
    return new Matches(found, status == Status.Success);
  }

  private static void release(Association association) {
    try {
      association.release();
    } catch (IOException e) {
      association.abort();
    }
  }

  static Attributes identifier(QueryLevel level, Attributes keys) {
    Attributes identifier = new Attributes(keys);
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, level.name());
    return identifier;
  }
}
