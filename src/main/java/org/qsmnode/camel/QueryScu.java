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
import org.dcm4che3.net.QueryOption;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
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
   * Asks for the entities of one level. Where unique keys above it are missing, relational queries
   * are negotiated (PS3.4 C.5.1.1).
   *
   * @param keys matching and return keys; not changed
   * @param limit the query is canceled after so many matches (C-CANCEL), 1 or more
   * @throws DicomStatusException if the peer answers with a failure
   * @throws DicomSendException if it is not reached, offers no query or no relational one that is
   *     needed, or ends the association
   */
  public Matches find(QueryLevel level, Attributes keys, int limit)
      throws DicomSendException, DicomStatusException, InterruptedException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive: " + limit);
    }
    boolean relational = lacksKeysAbove(level, keys);
    AAssociateRQ request = requestor.request(MODEL);
    if (relational) {
      request.addExtendedNegotiation(
          new ExtendedNegotiation(
              MODEL, QueryOption.toExtendedNegotiationInformation(QueryRetrieve.OPTIONS)));
    }
    Association association = requestor.open(request);
    try {
      if (relational && !association.getQueryOptionsFor(MODEL).contains(QueryOption.RELATIONAL)) {
        throw new IOException("relational queries are not offered");
      }
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

  private static boolean lacksKeysAbove(QueryLevel level, Attributes keys) {
    return (level.compareTo(QueryLevel.STUDY) > 0 && !keys.containsValue(Tag.StudyInstanceUID))
        || (level.compareTo(QueryLevel.SERIES) > 0 && !keys.containsValue(Tag.SeriesInstanceUID));
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
