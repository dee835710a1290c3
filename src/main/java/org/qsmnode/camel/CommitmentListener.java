package org.qsmnode.camel;

/** Is told the results of storage commitment; called by the threads of associations. */
@FunctionalInterface
public interface CommitmentListener {

  /**
   * Takes one result, which a peer may report more than once; it is answered 0000 on return.
   *
   * @param peerAeTitle who reports
   * @throws DicomStatusException to answer with its status, for example 0115 where the transaction
   *     is not known. Any other exception is answered 0110 and lets the peer try again
   */
  void committed(String peerAeTitle, CommitmentResult result) throws DicomStatusException;
}
