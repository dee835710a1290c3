package org.qsmnode.store;

import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;

/** What peers may query and retrieve; called by several threads at a time. */
public interface RetrievableObjects {

  /**
   * The entities of one level that may match.
   *
   * <p>Each entity holds the attributes that can be queried at its level, those of the levels above
   * among them, empty where it has no value. More may be returned than match: {@link QueryKeys} has
   * the last word. The unique keys above {@code level} have one value each.
   */
  List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException;

  /** The objects below the entities whose unique keys are given (PS3.4 C.4.2.2.1). */
  List<RetrievableInstance> instances(QueryLevel level, Attributes keys) throws IOException;
}
