import { Component, type ReactNode } from "react";
import { ScreenFailure } from "./screen-failure.tsx";

interface Props {
  /** Of the screen: another one may do better. */
  readonly address: string;
  readonly children: ReactNode;
}

interface State {
  readonly failure: { readonly error: unknown } | undefined;
  readonly address: string;
}

/** Keeps what goes wrong in a screen from taking the rest of the page with it. React has only this form of it. */
export class ScreenBoundary extends Component<Props, State> {
  override state: State = { failure: undefined, address: this.props.address };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ address }: Props, state: State): State | null {
    return address === state.address ? null : { failure: undefined, address };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return <ScreenFailure error={failure.error} onRetry={() => this.setState({ failure: undefined })} />;
  }
}
