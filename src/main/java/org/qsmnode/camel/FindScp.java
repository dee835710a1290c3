package org.qsmnode.camel;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.QueryRetrieveLevel2;
import org.dcm4che3.net.service.QueryTask;
import org.qsmnode.store.QueryKeyException;
import org.qsmnode.store.QueryKeys;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers queries (PS3.4 C.4.1) with the keys asked for. */
final class FindScp extends BasicCFindSCP {

  private static final Logger LOG = LoggerFactory.getLogger(FindScp.class);

  private final RetrievableObjects objects;
  private final Consumer<DicomEvent> events;

  FindScp(RetrievableObjects objects, Consumer<DicomEvent> events) {
    super(QueryRetrieve.FIND.toArray(String[]::new));
    this.objects = objects;
    this.events = events;
  }

  @Override
  protected QueryTask calculateMatches(
      Association association, PresentationContext context, Attributes request, Attributes keys)
      throws DicomServiceException {
    boolean understood = false;
    try {
      QueryTask answer = answer(association, context, request, keys);
      understood = true;
      return answer;
    } finally {
      events.accept(
          new DicomEvent.Queried(
              DicomEvent.Caller.of(association),
              request.getString(Tag.AffectedSOPClassUID, ""),
              context.getTransferSyntax(),
              keys,
              understood));
    }
  }

  private QueryTask answer(
      Association association, PresentationContext context, Attributes request, Attributes keys)
      throws DicomServiceException {
    String level =
        QueryRetrieveLevel2.validateQueryIdentifier(
                keys, QueryRetrieve.levels(request), QueryRetrieve.relational(association, request))
            .name();
    try {
      QueryKeys.check(keys);
    } catch (QueryKeyException e) {
      throw new DicomServiceException(Status.IdentifierDoesNotMatchSOPClass, e.sentence());
    }
    List<Attributes> candidates;
    try {
      candidates = objects.candidates(QueryLevel.valueOf(level), keys);
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    Answer answer = new Answer(association, context, request, keys, candidates);
    answer.setOptionalKeysNotSupported(
        candidates.stream().limit(1).anyMatch(first -> QueryKeys.ignored(keys, first)));
    return answer;
  }

  private static final class Answer extends BasicQueryTask {

    private final Iterator<Attributes> matches;

    Answer(
        Association association,
        PresentationContext context,
        Attributes request,
        Attributes keys,
        List<Attributes> candidates) {
      super(association, context, request, keys);
      matches =
          candidates.stream().filter(candidate -> QueryKeys.match(keys, candidate)).iterator();
    }

    @Override
    protected boolean hasMoreMatches() throws DicomServiceException {
      return answered(matches::hasNext);
    }

    @Override
    protected Attributes nextMatch() throws DicomServiceException {
      return answered(matches::next);
    }

    @Override
    protected Attributes adjust(Attributes match) throws DicomServiceException {
      return answered(() -> withKeys(match));
    }

    /** The character set comes first: without it no text of one can be added. */
    private Attributes withKeys(Attributes match) {
      Attributes answer = new Attributes();
      answer.addSelected(match, Tag.SpecificCharacterSet);
      for (int tag : keys.tags()) {
        if (!match.contains(tag)) {
          answer.setNull(tag, keys.getVR(tag));
        }
      }
      answer.addSelected(match, keys.tags());
      answer.setString(Tag.QueryRetrieveLevel, VR.CS, keys.getString(Tag.QueryRetrieveLevel));
      answer.setString(Tag.RetrieveAETitle, VR.AE, as.getLocalAET());
      return answer;
    }

    /** An exception that is not answered would leave the requestor without a final response. */
    private static <T> T answered(Supplier<T> step) throws DicomServiceException {
      try {
        return step.get();
      } catch (RuntimeException e) {
        throw failed(e);
      }
    }
  }

  private static DicomServiceException failed(Exception e) {
    LOG.error("query answered C000", QuietTrace.of(e));
    return new DicomServiceException(Status.UnableToProcess, "internal failure");
  }
}
