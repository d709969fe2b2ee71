import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Redirect, Route, Switch } from "wouter";
import { Addresses } from "./addresses.tsx";
import { SessionGate } from "./bridge/session-gate.tsx";
import { deferred } from "./parts/deferred.ts";
import { nameIn } from "./routes.ts";
import { AllScreen } from "./screens/all/all-screen.tsx";
import { ChannelScreen } from "./screens/channel/channel-screen.tsx";
import { MessageScreen } from "./screens/message/message-screen.tsx";
import { Shell } from "./shell/shell.tsx";

// What fewer visits see comes when it is wanted.
const ConnectScreen = deferred(async () => (await import("./screens/connect/connect-screen.tsx")).ConnectScreen);
const HealthScreen = deferred(async () => (await import("./screens/health/health-screen.tsx")).HealthScreen);
const MachinesScreen = deferred(async () => (await import("./screens/machines/machines-screen.tsx")).MachinesScreen);
const NeedsScreen = deferred(async () => (await import("./screens/needs/needs-screen.tsx")).NeedsScreen);
const ThreadScreen = deferred(async () => (await import("./screens/thread/thread-screen.tsx")).ThreadScreen);
const SettingsScreen = deferred(async () => (await import("./screens/settings/settings-screen.tsx")).SettingsScreen);

/** What is not told by the stream is asked for; a screen that is come back to is asked for anew. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 2_000 } } });

/** Every screen has an address, and every address a screen. The bridge answers each of these paths with this page. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Addresses>
        <SessionGate>
          <Shell>
            <Switch>
              <Route path="/" component={NeedsScreen} />
              <Route path="/all" component={AllScreen} />
              <Route path="/c/:channel">
                {() => <ChannelScreen key={location.pathname} channel={nameIn(location.pathname)} />}
              </Route>
              <Route path="/t/:thread">{() => <ThreadScreen thread={nameIn(location.pathname)} />}</Route>
              <Route path="/m/:id">{() => <MessageScreen id={nameIn(location.pathname)} />}</Route>
              <Route path="/machines" component={MachinesScreen} />
              <Route path="/connect" component={ConnectScreen} />
              <Route path="/health" component={HealthScreen} />
              <Route path="/settings" component={SettingsScreen} />
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          </Shell>
        </SessionGate>
      </Addresses>
    </QueryClientProvider>
  );
}
